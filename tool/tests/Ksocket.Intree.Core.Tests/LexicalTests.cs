// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Tests;

/// <summary>Comments, quotes and continued lines as in C. In each text, g is declared after something that could hide it.</summary>
public class LexicalTests
{
    [Theory]
    [InlineData("#define G \"net/*\"\nint g(void);\n", 2)]
    [InlineData("#define G '/*'\nint g(void);\n/* */", 2)]
    [InlineData("const char *s = \"/* // { ( \\\" ; \";\nint g(void);\n", 2)]
    [InlineData("const char a = '\"', b = '\\'', c = '{', d = '\\\\';\nint g(void);\n", 2)]
    [InlineData("const char *s = \"\\\"\", *t = \"//\";\nint g(void);\n", 2)]
    [InlineData("const char *s = \"\\\\\";\nint g(void);\n", 2)]
    [InlineData("const char *s = \"open\n;\nint g(void);\n", 3)]
    [InlineData("const char *s = \"open\\\\\n\n;\nint g(void);\n", 4)]
    [InlineData("asm(\".globl f; /* {\");\nint g(void);\n", 2)]
    [InlineData("int __attribute__((format(printf, 1, 2))) f(const char *, ...);\nint g(void) asm(\"h\");\n", 2)]
    public void A_quote_hides_what_is_in_it_and_no_more(string text, int line) => Assert.Equal([line], HeaderOf.LinesOf("g", text));

    [Theory]
    [InlineData("// the files in net/* are\nint g(void);\n", 2)]
    [InlineData("// it's\nint g(void);\n", 2)]
    [InlineData("/* it's // \" */ int g(void);\n", 1)]
    [InlineData("/* a\n * b */ int g(void);\n", 2)]
    [InlineData("/*/ int f(void); /*/ int g(void);\n", 1)]
    [InlineData("/***/int/**/g/* ; */(/* { */void/* } */)/**/;/**/", 1)]
    [InlineData("#define F 1 // it's /* here\nint g(void);\n", 2)]
    [InlineData("#define F /* it's\n * \" */ 1\nint g(void);\n", 3)]
    [InlineData("#ifdef F /* one */ // two /*\nint g(void);\n#endif\n", 2)]
    [InlineData("int g(int a, // first /*\n      int b);\n", 1)]
    public void A_comment_ends_where_C_ends_it(string text, int line) => Assert.Equal([line], HeaderOf.LinesOf("g", text));

    [Theory]
    [InlineData("int\\\n g(void);\n", 2)]
    [InlineData("int g\\\n(void);\n", 1)]
    [InlineData("int \\\ng\\\n\\\n(void);\nint h(void);\n", 2)]
    [InlineData("// continued \\\nint f(void);\nint g(void);\n", 3)]
    [InlineData("const char *s = \"a\\\nb\\\n\";\nint g(void);\n", 4)]
    [InlineData("#define F(x) \\\n\tint x(void)\nint g(void);\n", 3)]
    [InlineData("/* a *\\\n/ int g(void);\n", 2)]
    [InlineData("/\\\n* int f(void); */ int g(void);\n", 2)]
    [InlineData("/\\\n/ int f(void);\nint g(void);\n", 3)]
    [InlineData("#define F \\ \nint f(void);\nint g(void);\n", 3)]
    [InlineData("??/\nint g(void);\n", null)]
    public void A_continued_line_is_one_line(string text, int? line) =>
        Assert.Equal(line is { } one ? [one] : [], HeaderOf.LinesOf("g", text));

    [Fact]
    public void A_word_may_be_continued()
    {
        Assert.Equal([1], HeaderOf.LinesOf("get", "int g\\\net(void);\n"));
        Assert.Equal(3, HeaderOf.Text("\n\n#def\\\nine FI\\\nRST 1\n").Macro("FIRST")?.Line - 1);
        Assert.Equal("int (*)(int)", Assert.Single(HeaderOf.Text("str\\\nuct s { int (*c\\\nb)(int); };").Members("s", "cb")).Text);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_line_may_end_as_in_DOS(string newline)
    {
        string[] lines =
        [
            "#define F \\", "\t1", "// it's \\", "int f(void);", "const char *s = \"a\\", "\";", "#if 0", "it's", "#endif", "int",
            "g(void);", "/* a", "*/ #define M 1",
        ];
        var header = HeaderOf.Text(string.Join(newline, lines) + newline);
        Assert.Equal([11], header.Functions("g").Select(declared => declared.Line));
        Assert.Equal([1, 13], new[] { header.Macro("F"), header.Macro("M") }.Select(macro => macro!.Line));
        Assert.Empty(header.Functions("f"));
    }

    /// <summary>0x85 and 0xA0 are spaces in Latin-1, and 0xE9 is a letter.</summary>
    [Fact]
    public void Only_ASCII_has_spaces_letters_and_digits()
    {
        foreach (var other in (byte[])[0x00, 0x80, 0x85, 0xa0, 0xe9, 0xff])
        {
            Assert.Empty(HeaderOf.Bytes([.. "int"u8, other, .. "g(void);\n"u8]).Functions("g"));
            Assert.Null(HeaderOf.Bytes([.. "#"u8, other, .. "define G 1\n"u8]).Macro("G"));
        }

        Assert.Equal("int g(int a é)", Assert.Single(HeaderOf.Text("int g(int aé);").Functions("g")).Text);
    }

    [Theory]
    [InlineData("int g(void);\n/* open")]
    [InlineData("int g(void);\n\"open")]
    [InlineData("int g(void);\n'open\\")]
    [InlineData("int g(void);\n// open \\\n")]
    [InlineData("int g(void);\n#define open \\\n")]
    [InlineData("int g(void);\n#if 0\nit's")]
    [InlineData("int g(void);\n#")]
    [InlineData("int g(void);\n/")]
    [InlineData("int g(void);\nint f(int (*a[")]
    public void A_file_may_end_anywhere(string text) => Assert.Equal([1], HeaderOf.LinesOf("g", text));
}
