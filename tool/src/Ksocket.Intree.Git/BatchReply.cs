// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Git;

/// <summary>
/// An object as git cat-file --batch sends it: "id type size\n", that many bytes and a newline (git manual, git-cat-file,
/// "BATCH OUTPUT").
/// </summary>
/// <param name="Id">The id of the object, in hexadecimal.</param>
/// <param name="Type">"commit", "tree", "blob" or "tag".</param>
/// <param name="Bytes">The content of the object.</param>
internal readonly record struct BatchReply(string Id, string Type, ByteString Bytes)
{
    /// <summary>In bytes. git repeats a name that it does not know, and a revision may be long.</summary>
    private const int LongestLine = 1 << 16;

    /// <summary>In bytes. Memory is allocated as the object arrives, so a wrong size allocates no more than this.</summary>
    private const int FirstPart = 1 << 20;

    /// <summary>Reads one reply; null if git has no such object, or several.</summary>
    /// <exception cref="InvalidDataException">The reply ends early, or is none.</exception>
    public static BatchReply? Read(Stream replies)
    {
        var words = ReadLine(replies).Split(' ');
        if (words.Length != 3 || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return words is not [""] ? null : throw new InvalidDataException("git sent an empty line");
        }

        if (size > Array.MaxLength)
        {
            throw new InvalidDataException($"the object has {size} bytes");
        }

        var bytes = ReadBytes(replies, (int)size);
        return replies.ReadByte() == '\n'
            ? new BatchReply(words[0], words[1], new ByteString(bytes))
            : throw new InvalidDataException("git sent another number of bytes than the size of the object");
    }

    private static byte[] ReadBytes(Stream replies, int size)
    {
        var bytes = new byte[Math.Min(size, FirstPart)];
        for (var read = 0; ;)
        {
            read += replies.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
            if (read < bytes.Length)
            {
                throw new InvalidDataException("git ended within an object");
            }

            if (read == size)
            {
                return bytes;
            }

            Array.Resize(ref bytes, (int)Math.Min(size, 2L * bytes.Length));
        }
    }

    private static string ReadLine(Stream replies)
    {
        var line = new StringBuilder();
        for (var next = replies.ReadByte(); next != '\n'; next = replies.ReadByte())
        {
            if (next < 0 || line.Length == LongestLine)
            {
                throw new InvalidDataException(next < 0 ? "git ended" : "git sent a line that is too long");
            }

            line.Append((char)next);
        }

        return line.ToString();
    }
}
