// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class ProbeTests
{
    private static readonly Evidence Evidence = DriverSource.Bundled.Evidence;

    public static TheoryData<string, string> Variants() =>
        [.. Evidence.Features.SelectMany(feature => feature.Variants.Select(variant => (feature.Name, variant.Name)))];

    public static TheoryData<string> Features() => [.. Evidence.Features.Select(feature => feature.Name)];

    public static TheoryData<string> Requirements() => [.. Evidence.Requirements.Select(requirement => requirement.Name)];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Each_variant_is_proven_by_its_own_declarations(string feature, string variant)
    {
        var features = Probe.Run(LiteralKernel.Named("6.12.107", variant).Build(), Evidence);
        Assert.Equal(variant, features.VariantOf(feature));
        Assert.NotEmpty(features.Variants.Single(proven => proven.Feature.Name == feature).Sightings);
    }

    /// <summary>For every subset of the declarations, at most one variant matches.</summary>
    [Theory]
    [MemberData(nameof(Features))]
    public void Variants_exclude_one_another(string name)
    {
        var feature = Evidence.Features.Single(feature => feature.Name == name);
        var declarations = feature.Variants.SelectMany(variant => variant.Clues).Where(clue => clue.Present).ToList();
        var required = Evidence.Requirements.Select(requirement => requirement.Shapes[0]).ToList();
        var alone = new Evidence([feature], []);

        for (var subset = 0; subset < 1 << declarations.Count; subset++)
        {
            var chosen = declarations.Where((_, bit) => (subset >> bit & 1) == 1);
            var tree = LiteralKernel.Named().WithHeaders(required.Concat(chosen).DistinctBy(clue => clue.Wanted.Name)).Build();
            try
            {
                Assert.Single(Probe.Run(tree, alone).Variants);
            }
            catch (IntreeFailure failure)
            {
                Assert.DoesNotContain("alike", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Requirements))]
    public void A_missing_requirement_is_refused_by_name(string name)
    {
        var clues = LiteralKernel.Declared().Where(clue => clue.Wanted.Name != name);
        var header = Evidence.Requirements.Single(requirement => requirement.Name == name).Shapes[0].Header;
        var failure = Refusal(LiteralKernel.Named().Without(header).WithHeaders(clues));
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.Contains(header.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_nobody_knows_is_refused_with_its_line_and_the_shapes_known()
    {
        var tree = LiteralKernel.Named().Edit(
            "include/linux/net.h",
            text => text.Replace("kernel_bind(struct socket * arg0", "kernel_bind(struct sock * arg0", StringComparison.Ordinal));
        var failure = Refusal(tree);
        Assert.Matches(
            @"include/linux/net\.h:\d+: kernel_bind has a shape ksocket does not know: " +
            @"int kernel_bind\(struct sock \*, struct sockaddr \*, int\)",
            failure.Message);
        Assert.Contains("int kernel_bind(struct socket *, struct sockaddr_unsized *, int)", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_with_half_of_a_variant_is_refused()
    {
        var tree = LiteralKernel.Named("6.1.0", "sk_getsockopt")
            .Edit("include/net/tcp.h", text => text.Replace("do_tcp_getsockopt", "do_tcp_other", StringComparison.Ordinal));
        Assert.Contains("include/net/tcp.h declares no do_tcp_getsockopt", Refusal(tree).Message, StringComparison.Ordinal);
    }

    /// <summary>Linux 5.4 passes option values as user pointers and has no sockptr_t.</summary>
    [Fact]
    public void Linux_5_4_is_refused_by_what_it_declares()
    {
        var failure = Refusal(AsIn54(LiteralKernel.Named("5.4.280")));
        Assert.Contains("linux 5.4.280 lacks 4 of the ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            failure.Details,
            line => line.StartsWith("include/linux/sockptr.h declares no sockptr_t", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5.4.0")]
    [InlineData("9.9.9")]
    public void The_version_number_decides_nothing(string version)
    {
        var named = Probe.Run(LiteralKernel.Named(version).Build(), Evidence);
        var usual = Probe.Run(LiteralKernel.Named().Build(), Evidence);
        Assert.Equal(usual.Variants.Select(proven => proven.Variant.Name), named.Variants.Select(proven => proven.Variant.Name));
    }

    private static LiteralKernel AsIn54(LiteralKernel trees) => trees
        .Without("include/linux/sockptr.h")
        .Edit("include/net/sock.h", text => text.Replace("sockptr_t", "char __user *", StringComparison.Ordinal))
        .Edit("include/linux/net.h", text => text.Replace("sockptr_t", "char __user *", StringComparison.Ordinal));

    private static IntreeFailure Refusal(LiteralKernel trees)
    {
        var failure = Assert.Throws<IntreeFailure>(() => Probe.Run(trees.Build(), Evidence));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.NotNull(failure.Hint);
        return failure;
    }
}
