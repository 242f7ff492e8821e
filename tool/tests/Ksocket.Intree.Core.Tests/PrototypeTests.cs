// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Tests;

public class PrototypeTests
{
    [Theory]
    [InlineData("int kernel_bind(struct socket *sock, struct sockaddr *addr, int addrlen);")]
    [InlineData("extern int kernel_bind(struct socket *, struct sockaddr *, int);")]
    [InlineData("int __must_check\nkernel_bind(struct socket *sock,\n\t    struct sockaddr *addr, int addrlen) __attribute__((nonnull));")]
    [InlineData("static inline int kernel_bind(struct socket *sock, struct sockaddr *addr, int addrlen) { return 0; }")]
    public void Names_line_breaks_and_attributes_do_not_matter(string text) =>
        Assert.Equal("int kernel_bind(struct socket *, struct sockaddr *, int)", OnlyFunction(text, "kernel_bind"));

    [Theory]
    [InlineData("int f(char *optval);", "int f(char __user *optval);")]
    [InlineData("int f(struct sockaddr *a);", "int f(struct sockaddr_unsized *a);")]
    [InlineData("int f(int a, bool b);", "int f(int a);")]
    [InlineData("int f(char *a);", "int f(const char *a);")]
    [InlineData("int f(void);", "int *f(void);")]
    public void A_difference_a_caller_could_see_matters(string one, string other) =>
        Assert.NotEqual(OnlyFunction(one, "f"), OnlyFunction(other, "f"));

    [Theory]
    [InlineData("int f(unsigned len);", "int f(unsigned int);")]
    [InlineData("int f(void);", "int f();")]
    [InlineData("int f(char name[16]);", "int f(char *);")]
    [InlineData("int f(const char *format, ...);", "int f(const char *, ...) __printf(1, 2);")]
    [InlineData("void f(int (*actor)(struct socket *sock, char *buf), char **argv);",
                "void f(int (*)(struct socket *, char *), char **);")]
    public void Two_spellings_of_one_type_are_one(string one, string other) =>
        Assert.Equal(OnlyFunction(one, "f"), OnlyFunction(other, "f"));

    [Fact]
    public void A_call_inside_a_body_is_no_declaration()
    {
        var header = HeaderOf.Text("static inline void g(void)\n{\n\tif (f(1))\n\t\treturn;\n}\n");
        Assert.Empty(header.Functions("f"));
        Assert.Single(header.Functions("g"));
    }

    [Fact]
    public void Three_dots_are_one_token() =>
        Assert.Equal("int f(const char *, ...)", OnlyFunction("int f(const char *format, ...);", "f"));

    [Fact]
    public void A_comma_in_brackets_separates_no_parameters() =>
        Assert.Equal("int f(int **, int)", OnlyFunction("int f(int a[N(1, 2)][3, 4], int b);", "f"));

    [Fact]
    public void Function_pointers_may_be_nested_as_deep_as_a_file_is_long()
    {
        var parameter = string.Concat(Enumerable.Repeat("int (*f)(", 20_000));
        var text = OnlyFunction($"int g({parameter}int{new string(')', 20_000)});", "g");
        Assert.StartsWith("int g(int (*)(", text, StringComparison.Ordinal);
    }

    private static string OnlyFunction(string text, string name) => Assert.Single(HeaderOf.Text(text).Functions(name)).Text;
}
