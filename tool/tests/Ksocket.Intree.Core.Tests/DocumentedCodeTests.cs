// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>The code examples of ksocket.rst; RealKernelTests compiles the C code.</summary>
public class DocumentedCodeTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathOf("drivers-ksocket/Documentation/networking/ksocket.rst"));

    [Fact]
    public void Its_Kconfig_depends_on_symbols_that_this_repository_declares()
    {
        var declared = Symbols(KconfigKeyword.Config, Text.Kconfig(File.ReadAllText(Repository.PathOf("Kconfig"))));
        var wanted = Symbols(KconfigKeyword.Depends, Text.Kconfig(Block("kconfig")));
        Assert.NotEmpty(wanted);
        Assert.Subset(declared, wanted);
    }

    [Fact]
    public void Its_Makefile_names_the_symbol_of_its_Kconfig()
    {
        var symbol = Assert.Single(Symbols(KconfigKeyword.Config, Text.Kconfig(Block("kconfig"))));
        Assert.Contains($"obj-$(CONFIG_{symbol}) += ", Block("make"), StringComparison.Ordinal);
    }

    private static HashSet<string> Symbols(KconfigKeyword keyword, KconfigFile file) =>
    [
        .. from statement in file.Statements
           where statement.Keyword == keyword
           from word in statement.Argument.ToString().Split([' ', '&', '|', '!', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
           where word != "on"
           select word,
    ];

    /// <summary>The code blocks of a language, concatenated.</summary>
    private static string Block(string language)
    {
        var start = $".. code-block:: {language}";
        var lines = from at in Enumerable.Range(0, Page.Length)
                    where Page[at] == start
                    from line in Page.Skip(at + 1).TakeWhile(line => line.Length == 0 || line[0] == '\t')
                    select line.Length == 0 ? "" : line[1..];
        return string.Join('\n', lines) + "\n";
    }
}
