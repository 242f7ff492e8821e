// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Declarations;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Headers given as text.</summary>
internal static class HeaderOf
{
    public static Header Text(string text) => Header.Read(ByteString.OfText(text));

    public static Header Bytes(ReadOnlySpan<byte> bytes) => Header.Read(ByteString.Of(bytes));

    /// <summary>The lines in which a text declares a function.</summary>
    public static IEnumerable<int> LinesOf(string function, string text) =>
        Text(text).Functions(function).Select(declared => declared.Line);
}
