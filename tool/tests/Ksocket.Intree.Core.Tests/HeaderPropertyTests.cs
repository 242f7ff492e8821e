// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using CsCheck;
using Ksocket.Intree.Core.Declarations;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Reading a header with any content does not throw, and returns valid line numbers.</summary>
public class HeaderPropertyTests
{
    private static readonly byte[] Like = """
        /* SPDX-License-Identifier: GPL-2.0 */
        #ifndef _F_H
        #define _F_H "net/*" /* it's */
        #define call(x) \
        	f(x, '{', "\"")
        #if 0
        it's
        #else
        typedef struct { void *user; } t;
        #endif
        struct s {
        	int	(*m)(struct s *s, const char name[16], int (*f)(int, ...));
        #ifdef CONFIG_F
        	struct {
        #else
        	union {
        #endif
        		unsigned long m;
        	} u;
        	union {
        		struct { int a, m; } __packed;
        		int m;
        	};
        	int m;
        };
        extern int __must_check f(struct s *s, t t, unsigned) __attribute__((nonnull)); // f
        static inline int f(void)
        {
        	return f(1) ? '\'' : g("}");
        }
        #endif

        """u8.ToArray();

    private static readonly string[] Pieces =
    [
        "\n", "\\\n", "\r\n", "\\", "\"", "'", "/*", "*/", "//", "#", "#if 0\n", "\n#if A\n", "\n#else\n", "\n#endif\n",
        "\n#define ", "(", ")", "[", "]", "{", "}", ";", ",", "...", "__attribute__", "typedef ", "struct s {",
        "(*", " f(", " m", "\0", "\u0085", "é", "?\u00a0/",
    ];

    private static readonly Gen<byte[]> Piece = Gen.OneOf(Gen.OneOfConst(Pieces).Select(Encoding.UTF8.GetBytes), Gen.Byte.Array[1, 3]);

    /// <summary>Overwrites or deletes random parts of the header.</summary>
    private static readonly Gen<byte[]> Mutated = Gen.Select(Gen.Int[0, Like.Length], Gen.Int[0, 40], Piece).Array[1, 8].Select(edits =>
        edits.Aggregate(Like, (bytes, edit) =>
        {
            var at = Math.Min(edit.Item1, bytes.Length);
            return [.. bytes[..at], .. edit.Item3, .. bytes[Math.Min(bytes.Length, at + edit.Item2)..]];
        }));

    [Fact]
    public void A_mutated_header_is_read() => Mutated.Sample(Answers, iter: 100_000, threads: 2);

    [Fact]
    public void Pieces_of_C_in_any_order_are_read() =>
        Piece.Array[0, 200].Select(pieces => pieces.SelectMany(piece => piece).ToArray())
            .Sample(Answers, iter: 20_000, threads: 2);

    /// <summary>A quadratic algorithm would take minutes here.</summary>
    [Theory]
    [MemberData(nameof(Repeated))]
    public void A_long_file_of_one_piece_is_read(string piece) =>
        Assert.True(Answers(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 250_000 / piece.Length)))));

    public static TheoryData<string> Repeated() =>
    [
        .. Pieces, "int f(", "int f(int (*a)(", "struct s { int m; ", "struct s { int m; };", "union { ",
        "struct s { union { m;", "struct s { union { int m; }; };", "int f(int a[",
        "#if 0\n#else\n", "/**/#", "} ) (", "int f(void);", "m, m;", "#define f f\n", "typedef int t;",
    ];

    private static bool Answers(byte[] bytes)
    {
        var header = HeaderOf.Bytes(bytes);
        IEnumerable<Declared?> all =
        [
            .. header.Functions("f"), .. header.Functions("call"), .. header.Members("s", "m"), .. header.Members("s", "u"),
            header.Macro("call"), header.Macro("_F_H"), header.Typedef("t"), header.Typedef("typedef"),
        ];
        var lines = 1 + bytes.AsSpan().Count((byte)'\n');
        return all.All(declared => declared is null || (declared.Line >= 1 && declared.Line <= lines && declared.Text.Length > 0));
    }
}
