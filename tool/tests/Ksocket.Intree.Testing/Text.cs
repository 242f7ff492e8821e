// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Testing;

/// <summary>Converts between text in tests and the bytes of files.</summary>
public static class Text
{
    public static ByteString Bytes(this string text) => ByteString.OfText(text);

    public static TreeFile File(this string text) => new(ByteString.OfText(text));

    public static KconfigFile Kconfig(string text) => KconfigFile.Read("Kconfig", text.Bytes());

    public static MakefileText Makefile(string text) => MakefileText.Read(text.Bytes());

    public static string? TryReadText(this KernelTree tree, TreePath path) => tree.TryRead(path)?.TryToText();

    public static string Apply(this Hook hook, string text) => hook.Apply(text.Bytes()).TryToText()!;

    public static string Revert(this Hook hook, string text) => hook.Revert(text.Bytes()).TryToText()!;

    public static IReadOnlyList<Trace> Traces(this Hook hook, string text) => hook.Traces(text.Bytes());
}
