// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The fields that tool/docs/json.md promises, verb by verb.</summary>
public sealed class JsonTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public JsonTests() => LiteralKernel.Named().WriteTo(_temp.Root);

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("probe", "features,line,requirements,tree,version")]
    [InlineData("plan", "before,changed,changes,config,parts,tree,verb,version,warnings")]
    [InlineData("apply", "before,changed,changes,config,parts,tree,verb,version,warnings")]
    [InlineData("remove", "before,changed,changes,config,dependents,parts,tree,verb,version")]
    [InlineData("status", "findings,ignoredByGit,parts,state,tree,version,warnings,wiringFaults")]
    public void Each_verb_answers_with_one_object_of_stable_fields(string verb, string fields)
    {
        var json = Cli.Run("--json", verb, _temp.Root).Json;
        Assert.Equal(fields.Split(','), json.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_in_json_are_the_words_of_the_text()
    {
        Assert.Equal("absent", Cli.Run("--json", "status", _temp.Root).Json.GetProperty("state").GetString());
        var apply = Cli.Run("--json", "apply", _temp.Root).Json;
        Assert.True(apply.GetProperty("changed").GetBoolean());
        Assert.Contains(
            apply.GetProperty("changes").EnumerateArray(),
            change => change.GetProperty("path").GetString() == "drivers/Kconfig" && change.GetProperty("action").GetString() == "change");
        Assert.Equal("present", Cli.Run("--json", "status", _temp.Root).Json.GetProperty("state").GetString());
    }

    /// <summary>What stderr has as "warning: " or "note: " and no other field has.</summary>
    [Theory]
    [InlineData("apply", "--check")]
    [InlineData("apply", "--defconfig", "small.config")]
    [InlineData("status")]
    public void Warnings_are_fields_too(string verb, params string[] options)
    {
        Directory.CreateDirectory(_temp.PathOf("kernel/configs"));
        File.WriteAllText(_temp.PathOf("kernel/configs/small.config"), "CONFIG_BUG=y\n");
        File.WriteAllText(_temp.PathOf(".config"), "CONFIG_A=y\nCONFIG_TRIM_UNUSED_KSYMS=y\n");
        Directory.CreateDirectory(_temp.PathOf("android"));
        File.WriteAllText(_temp.PathOf("android/abi_gki_aarch64"), "[abi_symbol_list]\n  printk\n");
        File.AppendAllText(_temp.PathOf("Kconfig"), "\nsource \"$(VENDOR)/Kconfig\"\n");
        Run.Git(_temp.Root, "init", "-q");
        File.Delete(_temp.PathOf(".gitignore"));
        if (verb == "status")
        {
            Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
        }

        var run = Cli.Run(["--json", verb, .. options, _temp.Root]);
        var warnings = run.Json.GetProperty("warnings").EnumerateArray().Select(one => one.GetString()!).ToList();
        var said = run.Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith(' '))
            .Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        Assert.Equal(said, warnings);
        Assert.Contains("/.config:2: CONFIG_TRIM_UNUSED_KSYMS=y", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("android/abi_gki_aarch64: ", warnings[1], StringComparison.Ordinal);
        const string notRead = "Kconfig:";
        string[] further = options switch
        {
            ["--check"] => [notRead],
            [] => [notRead, "no .gitignore hides .ksocket-intree"],
            _ => ["kernel/configs/small.config does not set CONFIG_", notRead, "no .gitignore hides .ksocket-intree"],
        };
        Assert.All(further.Zip(warnings.Skip(2)), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.True(warnings.Count >= 2 + further.Length);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("refresh")]
    public void Source_lines_that_were_not_followed_are_warnings(string verb)
    {
        File.AppendAllText(_temp.PathOf("Kconfig"), "\nsource \"$(VENDOR)/Kconfig\"\n");
        if (verb == "refresh")
        {
            Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
        }

        var run = Cli.Run("--json", verb, _temp.Root);
        var warning = Assert.Single(run.Json.GetProperty("warnings").EnumerateArray()).GetString()!;
        Assert.StartsWith("Kconfig:", warning, StringComparison.Ordinal);
        Assert.EndsWith("; it was not read", warning, StringComparison.Ordinal);
        Assert.Contains($"note: {warning}\n", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_an_object_too()
    {
        var run = Cli.Run("--json", "apply", _temp.PathOf("drivers"));
        Assert.Equal(ExitCode.NotUnderstood, run.Exit);
        Assert.Equal(2, run.Json.GetProperty("exit").GetInt32());
        Assert.Contains("inside a kernel tree", run.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, run.Json.GetProperty("error").GetProperty("hint").ValueKind);
    }
}
