// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Processes;

/// <summary>
/// The output of a child process as bytes: in memory while short, then in an unlinked temporary file, which the system
/// deletes when it is closed.
/// </summary>
public sealed class ChildOutput
{
    /// <summary>More than a kernel build prints; limits the memory for a child that prints endlessly.</summary>
    private const int MostInMemory = 1 << 20;

    /// <summary>The size of the head and of the tail of long output in a message.</summary>
    private const int LongestEnd = 64 << 10;

    private ArrayBufferWriter<byte> _memory = new();
    private SafeFileHandle? _file;

    public static ChildOutput Empty => new();

    /// <summary>The number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>The start of it, at most 64 KiB.</summary>
    public ByteString Head => Read(0, (int)Math.Min(LongestEnd, Length));

    /// <summary>The end of it, at most 64 KiB.</summary>
    public ByteString Tail => Read(Math.Max(0, Length - LongestEnd), (int)Math.Min(LongestEnd, Length));

    /// <summary>Output given as bytes.</summary>
    public static ChildOutput Of(ByteString bytes)
    {
        var output = new ChildOutput();
        output.Append(bytes);
        return output;
    }

    public static ChildOutput OfText(string text) => Of(ByteString.OfText(text));

    /// <summary>All of it in memory, for programs with short output.</summary>
    public byte[] ToArray() => Read(0, checked((int)Length)).ToArray();

    /// <summary>Lines without newlines; a line longer than <see cref="LineSplitter.Longest"/> is split.</summary>
    public IEnumerable<ByteString> Lines()
    {
        var lines = new List<ByteString>();
        var splitter = new LineSplitter(lines.Add);
        for (long at = 0; at < Length; at += LongestEnd)
        {
            splitter.Take(Read(at, (int)Math.Min(LongestEnd, Length - at)));
            foreach (var line in lines)
            {
                yield return line;
            }

            lines.Clear();
        }

        splitter.End();
        foreach (var line in lines)
        {
            yield return line;
        }
    }

    /// <summary>For a message: decoded; of long output, both ends.</summary>
    public override string ToString() => Length <= MostInMemory ? Read(0, (int)Length).ToString()
        : $"{Head}\n[{Length - Head.Length - Tail.Length} bytes omitted]\n{Tail}";

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_file is null && Length + bytes.Length > MostInMemory)
        {
            _file = OpenTemporary();
            Write(_memory.WrittenSpan, 0);
            _memory = new();
        }

        if (_file is null)
        {
            _memory.Write(bytes);
        }
        else
        {
            Write(bytes, Length);
        }

        Length += bytes.Length;
    }

    private static SafeFileHandle OpenTemporary()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ksocket-output-{Path.GetRandomFileName()}");
        try
        {
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            File.Delete(path);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refused(error);
        }
    }

    private void Write(ReadOnlySpan<byte> bytes, long at)
    {
        try
        {
            RandomAccess.Write(_file!, bytes, at);
        }
        catch (IOException error)
        {
            throw Refused(error);
        }
    }

    private ByteString Read(long at, int length)
    {
        if (_file is null)
        {
            return new ByteString(_memory.WrittenMemory.Slice((int)at, length));
        }

        var bytes = new byte[length];
        for (var have = 0; have < length;)
        {
            var got = RandomAccess.Read(_file, bytes.AsSpan(have), at + have);
            have += got > 0 ? got : throw new EndOfStreamException("a temporary file was truncated");
        }

        return new ByteString(bytes);
    }

    private static IntreeFailure Refused(Exception error) => IntreeFailure.Fatal(
        $"cannot store the output of a program in {Path.GetTempPath()}: {error.Message}",
            "free some space there, or choose another folder with TMPDIR", error);
}
