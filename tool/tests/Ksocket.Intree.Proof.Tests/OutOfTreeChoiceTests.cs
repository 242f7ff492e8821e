// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>The out-of-tree build reads the evidence with awk: it must select and refuse like the probe.</summary>
public sealed class OutOfTreeChoiceTests : IDisposable
{
    private static readonly Evidence Evidence = DriverSource.Bundled.Evidence;

    private const string Fitting = "int do_sock_getsockopt(struct socket *s, bool b, int c, int d, sockptr_t e, sockptr_t f);";

    private readonly TempFolder _temp = new();

    public static TheoryData<string> Features() => [.. Evidence.Features.Select(feature => feature.Name)];

    public static TheoryData<string> Requirements() => [.. Evidence.Requirements.Select(requirement => requirement.Name)];

    public static TheoryData<string> Lines() => ["5.10", "6.1", "6.12", "7.2", "7.3"];

    public void Dispose() => _temp.Dispose();

    /// <summary>Every subset of the declarations that distinguish the variants.</summary>
    [Theory]
    [MemberData(nameof(Features))]
    public void Of_every_mixture_of_declarations_both_say_the_same(string name)
    {
        var variants = Evidence.Features.Single(feature => feature.Name == name).Variants;
        var declarations = variants.SelectMany(variant => variant.Clues).Where(clue => clue.Present).ToList();
        var required = Evidence.Requirements.Select(requirement => requirement.Shapes[0]).ToList();
        // All other features have their first variant; otherwise their refusal would hide the result.
        var others = Evidence.Features.Where(feature => feature.Name != name)
            .SelectMany(feature => feature.Variants[0].Clues)
            .Where(clue => clue.Present)
            .ToList();
        var answers = new HashSet<string>();
        for (var subset = 0; subset < 1 << declarations.Count; subset++)
        {
            var chosen = declarations.Where((_, bit) => (subset >> bit & 1) == 1);
            var bare = Evidence.Features.SelectMany(feature => feature.Variants)
                .SelectMany(variant => variant.Clues)
                .Aggregate(LiteralKernel.Named(), (kernel, clue) => kernel.Without(clue.Header));
            var said = BothSay(bare.WithHeaders(required.Concat(others).Concat(chosen).DistinctBy(clue => clue.Wanted.Name)), $"{subset}");
            var refused = said.StartsWith("error: ", StringComparison.Ordinal);
            answers.Add(refused ? "refused" : said.Split('\n').Single(line => line.StartsWith(name + "/", StringComparison.Ordinal)));
        }

        // Checks that all combinations occurred.
        IEnumerable<string> expected =
        [
            .. variants.Select(variant => $"{name}/{variant.Name}.c"),
            .. declarations.Count > 1 ? (ReadOnlySpan<string>)["refused"] : [],
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), answers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Requirements))]
    public void Both_refuse_a_kernel_without_something_needed(string name)
    {
        var header = Evidence.Requirements.Single(requirement => requirement.Name == name).Shapes[0].Header;
        var said = BothSay(
            LiteralKernel.Named().Without(header).WithHeaders(LiteralKernel.Declared().Where(clue => clue.Wanted.Name != name)));
        Assert.Contains($"declares no {name}", said, StringComparison.Ordinal);
        Assert.Contains(header.ToString(), said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Requirements))]
    public void Every_known_shape_is_known_to_both(string name)
    {
        foreach (var shape in Evidence.Requirements.Single(requirement => requirement.Name == name).Shapes)
        {
            BothSay(
                LiteralKernel.Named().WithHeaders(LiteralKernel.Declared().Select(clue => clue.Wanted.Name == name ? shape : clue)),
                succeeds: true);
        }
    }

    /// <summary>Ways to write a declaration: one that matches, or one that is refused with its line.</summary>
    [Theory]
    [InlineData(true, """
        extern int __must_check do_sock_getsockopt(struct socket *sock, bool compat,
        	int level,
        	int optname, sockptr_t optval /* a, b */, sockptr_t optlen) __attribute__((cold));
        """)]
    [InlineData(true, """
        #ifdef CONFIG_NET
        int do_sock_getsockopt(struct socket *, bool, int, int, sockptr_t, sockptr_t);
        #else
        static inline int do_sock_getsockopt(struct socket *s, bool b, int c, int d, sockptr_t e, sockptr_t f)
        {
        	return -1; // none
        }
        #endif
        """)]
    [InlineData(true, "/* int do_sock_getsockopt(int); */\n" + Fitting)]
    [InlineData(true, "struct x {\n#ifdef A\n\tunion {\n#else\n\tstruct {\n#endif\n\t\tint a;\n\t};\n};\n" + Fitting)]
    [InlineData(true, "#define call(x) \\\n\tdo_sock_getsockopt(x, \"{\", '(')\n" + Fitting)]
    [InlineData(true, "static inline int f(int a)\n{\n\treturn do_sock_getsockopt(a);\n}")]
    [InlineData(true, "struct y { int (*do_sock_getsockopt)(int); };")]
    [InlineData(true, "#define G \"net/*\" // it's /*\n" + Fitting)]
    [InlineData(true, "// the files in net/*\n" + Fitting)]
    [InlineData(true, "#error it's\n" + Fitting)]
    [InlineData(true, "#if 0\nint do_sock_getsockopt(int);\nit's {\n#endif\n" + Fitting)]
    [InlineData(true, "static inline int h(int a)\n{\n\tif (a\n#ifdef A\n\t    )\n#else\n\t    )\n#endif\n\t\ti(1);\n}\n" + Fitting)]
    [InlineData(true, "int h(const char *, ...);\n" + Fitting)]
    [InlineData(true, "// once there was \\\nint do_sock_getsockopt(int);")]
    [InlineData(false, "int do_sock_getsockopt(struct sock *s, bool b, int c, int d, sockptr_t e, sockptr_t f);")]
    [InlineData(false, "long do_sock_getsockopt(struct socket *s, bool b, int c, int d, sockptr_t e, sockptr_t f);")]
    [InlineData(false, "int do_sock_getsockopt(struct socket *s, bool b, int c, int d, char __user *e, int __user *f);")]
    [InlineData(false, "int do_sock_getsockopt(struct socket *s, bool b, int c, unsigned d, sockptr_t e, void (*f)(int a, char b[4]));")]
    [InlineData(false, Fitting + "\nint do_sock_getsockopt(void);")]
    public void Both_read_a_header_alike(bool fits, string declaration)
    {
        var said = BothSay(
            LiteralKernel.Named("6.12.0", "sock_fields").Edit("include/net/sock.h", text => text + declaration + "\n"),
            succeeds: fits);
        if (!fits)
        {
            Assert.Matches(@"getsockopt_module in this kernel: .*include/net/sock\.h:\d+: ", said);
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Of_a_real_tree_both_say_the_same(string version) => Alike(RealKernels.Pristine(version), succeeds: true);

    /// <summary>A build folder and a distribution's headers refer to another folder for the headers.</summary>
    [Fact]
    public void A_folder_that_names_its_tree_is_asked_through_it()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));
        Directory.CreateDirectory(_temp.PathOf("out"));
        File.WriteAllText(
            _temp.PathOf("out/Makefile"),
            $"KBUILD_OUTPUT = {_temp.PathOf("out")}\ninclude {_temp.PathOf("tree")}/Makefile\n");
        Assert.Equal(Variants(_temp.PathOf("tree")), Variants(_temp.PathOf("out")));
    }

    [Fact]
    public void No_kernel_at_all_is_an_error_with_a_hint()
    {
        var said = Variants(_temp.PathOf("nowhere"));
        Assert.Contains($"error: there is no kernel to build for at {_temp.PathOf("nowhere")}\nhint: ", said, StringComparison.Ordinal);
    }

    /// <summary>Members of an anonymous union are those of the structure around it; those of a named one are not.</summary>
    [Theory]
    [InlineData(true, "union { struct { u16 urg_data; } __attribute__((packed)); };")]
    [InlineData(true, "struct { u16 urg_data; } __packed;")]
    [InlineData(false, "union { u16 urg_data; } urgent;")]
    [InlineData(false, "union { u32 urg_data; };")]
    public void Both_read_members_of_anonymous_structures(bool fits, string declaration) => BothSay(
        LiteralKernel.Named().Edit("include/linux/tcp.h", text => text.Replace("u16 urg_data;", declaration, StringComparison.Ordinal)),
        succeeds: fits);

    /// <summary>Kernels of distributions reserve room in structures with macros, and announce hooks; neither needs a semicolon.</summary>
    [Theory]
    [InlineData("include/linux/tcp.h", "u16 urg_data;", "KABI_FILL_HOLE(int reserved)\n#ifdef CONFIG_A\n\tu16 urg_data;\n#endif")]
    [InlineData("include/linux/tcp.h", "u16 urg_data;", "KABI_RESERVE(1) KABI_RESERVE(2) u16 urg_data;")]
    [InlineData("include/net/sock.h", "void sock_no_linger(", "VENDOR_HOOK(linger)\nvoid sock_no_linger(")]
    [InlineData("include/net/sock.h", "void sock_no_linger(", "__printf(1, 2) __cold void sock_no_linger(")]
    public void Both_read_what_comes_after_a_macro_without_a_semicolon(string header, string declaration, string with)
    {
        var plain = BothSay(LiteralKernel.Named(), "plain", succeeds: true);
        var edited = LiteralKernel.Named().Edit(header, text =>
        {
            Assert.Contains(declaration, text, StringComparison.Ordinal);
            return text.Replace(declaration, with, StringComparison.Ordinal);
        });
        Assert.Equal(plain, BothSay(edited, "edited", succeeds: true));
    }

    private string BothSay(LiteralKernel kernel, string folder = "tree", bool? succeeds = null)
    {
        kernel.WriteTo(_temp.PathOf(folder));
        return Alike(_temp.PathOf(folder), succeeds);
    }

    private static string Alike(string tree, bool? succeeds)
    {
        var (probe, make) = (Probed(tree), Variants(tree));
        var chosen = make.Split('\n').Where(
            line => !line.StartsWith("hint: ", StringComparison.Ordinal) && !line.StartsWith("make: ", StringComparison.Ordinal));
        Assert.Equal(probe, string.Join('\n', chosen));
        Assert.True(succeeds is null || succeeds == !probe.StartsWith("error: ", StringComparison.Ordinal), probe);
        return probe;
    }

    private static string Probed(string tree)
    {
        try
        {
            return string.Concat(
                Probe.Run(FolderTree.Open(tree), Evidence).Variants.Select(proven => $"{proven.Feature.Name}/{proven.Variant.Name}.c\n"));
        }
        catch (IntreeFailure failure)
        {
            return $"error: {failure.Message}\n";
        }
    }

    private static string Variants(string kernel) =>
        new Child("make", ["-s", "-C", Repository.PathOf("drivers-ksocket"), "variants", $"KDIR={kernel}"]).Run().Output.ToString();
}
