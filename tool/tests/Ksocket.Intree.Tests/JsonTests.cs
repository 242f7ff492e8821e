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
    [InlineData("plan", "before,changed,changes,config,parts,tree,verb,version")]
    [InlineData("apply", "before,changed,changes,config,parts,tree,verb,version")]
    [InlineData("remove", "before,changed,changes,config,dependents,parts,tree,verb,version")]
    [InlineData("status", "findings,ignoredByGit,parts,state,tree,version,wiringFaults")]
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
