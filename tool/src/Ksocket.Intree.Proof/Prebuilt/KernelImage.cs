// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers.Binary;
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Prebuilt;

/// <summary>A bzImage and its release, read from the setup header (Documentation/arch/x86/boot.rst).</summary>
/// <param name="Release">What uname -r prints on it.</param>
public sealed record KernelImage(string Path, string Release)
{
    private const int Magic = 0x202;
    private const int TextOffset = 0x20E;
    private const int Setup = 0x200;
    private const int Head = 0x10000;

    public static KernelImage Open(string path)
    {
        if (!File.Exists(path))
        {
            throw IntreeFailure.NotUnderstood(
                $"--image {path}: no such file", "pass the kernel of a distribution, such as /boot/vmlinuz-…");
        }

        var head = IoFailures.Try(path, () =>
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[Head];
            return bytes[..file.ReadAtLeast(bytes, Head, throwOnEndOfStream: false)];
        });
        return new KernelImage(System.IO.Path.GetFullPath(path), ReleaseIn(head) ?? throw IntreeFailure.NotUnderstood(
            $"--image {path} is not an x86 kernel image (bzImage): it has no setup header with a release",
            "pass the compressed kernel of a distribution, /boot/vmlinuz-…; for your own kernel, pass its tree as TREE"));
    }

    /// <summary>The first word of the version string.</summary>
    public static string? ReleaseIn(ReadOnlySpan<byte> head)
    {
        if (head.Length < TextOffset + 2 || !head[Magic..(Magic + 4)].SequenceEqual("HdrS"u8))
        {
            return null;
        }

        var text = Setup + BinaryPrimitives.ReadUInt16LittleEndian(head[TextOffset..]);
        var end = text < head.Length ? head[text..].IndexOfAny((byte)' ', (byte)0) : -1;
        return end > 0 && char.IsAsciiDigit((char)head[text]) ? Encoding.ASCII.GetString(head.Slice(text, end)) : null;
    }
}
