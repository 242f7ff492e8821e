// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers.Binary;
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Prebuilt;

/// <summary>A bzImage, and the release it says it is (Documentation/arch/x86/boot.rst: the setup header).</summary>
/// <param name="Release">What uname -r would say under it.</param>
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
                $"--image {path}: there is no such file", "name the kernel of a distribution, as /boot/vmlinuz-…");
        }

        var head = IoFailures.Try(path, () =>
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[Head];
            return bytes[..file.ReadAtLeast(bytes, Head, throwOnEndOfStream: false)];
        });
        return new KernelImage(System.IO.Path.GetFullPath(path), ReleaseIn(head) ?? throw IntreeFailure.NotUnderstood(
            $"--image {path} is no x86 kernel image (bzImage): it has no setup header that names a release",
            "name the compressed kernel a distribution boots, /boot/vmlinuz-…; a kernel of your own is proved from its tree"));
    }

    /// <summary>The first word of the text the setup header points to.</summary>
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
