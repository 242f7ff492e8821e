// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Tests;

public class DirectiveTests
{
    [Theory]
    [InlineData("#define M 1\n", 1)]
    [InlineData("\n \t#\t define\tM 1\n", 2)]
    [InlineData("/* a */ # /* b */ define /* c */ M 1\n", 1)]
    [InlineData("/* a\n */ /* b */ #define M 1\n", 2)]
    [InlineData("#define/**/M/**/1\n", 1)]
    [InlineData("#define M(x) 1\n", 1)]
    [InlineData("#define M\n", 1)]
    [InlineData("#define M", 1)]
    [InlineData("#define M \"a\" /* b\n */\n", 1)]
    [InlineData("#define N \"net/*\"\n#define M 1\n", 2)]
    [InlineData("#error it's\n#define M 1\n", 2)]
    [InlineData("int f(void); /*\n*/ #define M 1\n", null)]
    [InlineData("int f(void); #define M 1\n", null)]
    [InlineData("// \\\n#define M 1\n", null)]
    [InlineData("#undef M\n#ifdef M\n#endif\n#defined M\n#define MM\n", null)]
    public void A_macro_is_where_C_sees_a_directive(string text, int? line) => Assert.Equal(line, HeaderOf.Text(text).Macro("M")?.Line);

    [Theory]
    [InlineData("#error it's\nint g(void);\n")]
    [InlineData("#warning don't /* do\nint g(void);\n")]
    [InlineData("#include <a'b>\nint g(void);\n")]
    [InlineData("#define QUOTE '\nint g(void);\n")]
    [InlineData("#pragma message(\"/*\")\nint g(void);\n")]
    [InlineData("\t/* c */ # /* \n */ define A {\nint g(void);\n")]
    public void A_directive_hides_nothing_behind_its_line(string text) => Assert.Single(HeaderOf.LinesOf("g", text));

    [Theory]
    [InlineData("#if 0\nint g(void);\n#endif\n")]
    [InlineData("# if 0 /* not yet */\nint g(void);\n# endif\n")]
    [InlineData("#if 0\n#if 1\n#else\n#endif\nint g(void);\n#endif\n")]
    [InlineData("#if 0\n#ifdef A\n#elif B\nint g(void);\n#endif\n")]
    [InlineData("#if 0\n#define M 1\n{ ( its /*\n#endif */\nint g(void);\n#endif\n")]
    [InlineData("#if 0\nint g(void);\n")]
    public void Of_if_0_nothing_is_declared(string text)
    {
        Assert.Empty(HeaderOf.LinesOf("g", text));
        Assert.Null(HeaderOf.Text(text).Macro("M"));
    }

    [Theory]
    [InlineData("#if 0\nint g(int);\n#else\nint g(void);\n#endif\n", 4)]
    [InlineData("#if 0\nit's { (\n#elif A\nint g(void);\n#endif\n", 4)]
    [InlineData("#if 0\n#if A\n#endif\n#endif\nint g(void);\n", 5)]
    [InlineData("#if 0\nit's\n#endif\nint g(void);\n", 4)]
    [InlineData("#if 0\n// it's /*\n/* a */ #endif\nint g(void);\n", 4)]
    [InlineData("#if 0\n#error it's\n#endif\nint g(void);\n", 4)]
    [InlineData("#if 0x1\nint g(void);\n#endif\n", 2)]
    [InlineData("#if 0 || defined(A)\nint g(void);\n#endif\n", 2)]
    [InlineData("int f(int a\n#if 0\n, int b)\n#else\n)\n#endif\n;\nint g(void);\n", 8)]
    public void If_0_ends_with_its_own_branch(string text, int line) => Assert.Equal([line], HeaderOf.LinesOf("g", text));

    [Theory]
    [InlineData("#ifdef A\nstruct s {\n#elif B\nstruct t {\n#else\nstruct u {\n#endif\n\tint a;\n};\nint g(void);\n")]
    [InlineData("#ifdef A\nstruct s {\n#elifdef B\nstruct t {\n#endif\n\tint a;\n};\nint g(void);\n")]
    [InlineData("struct s {\n#ifdef A\n\tint a; };\n#else\n\tint b; };\n#endif\nint g(void);\n")]
    [InlineData("static inline int f(int a)\n{\n\tif (a\n#ifdef A\n\t    && b)\n#else\n\t    )\n#endif\n\t\tc(1);\n}\nint g(void);\n")]
    [InlineData("static inline int f(int a)\n{\n#ifdef A\n\tif (a) {\n#endif\n\t\tb();\n#ifdef A\n\t}\n#endif\n}\nint g(void);\n")]
    [InlineData("static inline int f(int a)\n{\n#ifdef A\n\tb(a,\n#else\n\tc(\n#endif\n\t  a);\n}\nint g(void);\n")]
    [InlineData("struct s {\nint g(void);\n")]
    [InlineData("int f(int a;\nint g(void);\n")]
    [InlineData("} ) ] }\nint g(void);\n")]
    public void Brackets_that_branches_open_or_close_twice_hide_nothing_behind_them(string text) =>
        Assert.Single(HeaderOf.LinesOf("g", text));
}
