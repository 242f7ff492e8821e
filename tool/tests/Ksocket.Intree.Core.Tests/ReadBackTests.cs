// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>
/// Files that the tool wrote may have been edited. Whatever their content, reading them terminates and returns
/// either a valid value or one error that names the file.
/// </summary>
public class ReadBackTests
{
    private const int Cases = 100_000;

    private static readonly ConfigLine Set = new("# CONFIG_KSOCKET is not set", "CONFIG_KSOCKET=y");

    private static readonly ConfigLine Echo = new(null, "CONFIG_ECHO=y");

    private static readonly ByteString State = (StateFile.For(new string('a', 64), null)
        .With("drivers/ksocket/socket.c", "int x;\n".Bytes())
        .With("include/net/ksocket.h", "int y;\n".Bytes()) with
    {
        Config = ImmutableSortedDictionary<string, ConfigLine>.Empty.Add("KSOCKET", Set),
        Output = "/home/user/out",
        Defconfigs = ImmutableSortedDictionary<TreePath, ConfigLine>.Empty.Add("kernel/configs/small.config", Set),
    }).ToBytes();

    private static readonly ByteString StateWithDriver = (StateFile.For("", null)
        .With("drivers/echo/Kconfig", "config ECHO\n\ttristate \"e\"\n".Bytes())
        .With("drivers/echo/Makefile", "obj-$(CONFIG_ECHO) += echo.o\n".Bytes()) with
    {
        Drivers = ImmutableSortedDictionary<TreePath, RecordedDriver>.Empty.Add(
            "drivers/echo", new(new string('a', 64), ["drivers/echo/Kconfig", "drivers/echo/Makefile"], null)
            {
                Defconfigs = ImmutableSortedDictionary<TreePath, ConfigLine>.Empty.Add("kernel/configs/small.config", Echo),
            }),
    }).ToBytes();

    private static readonly ByteString Index = SeriesFileWriter.Write(new SeriesFile(
        new Provenance(
            "6.12.1", TreeKind.Vanilla, "somewhere", new string('a', 64), [.. Parts.All],
            [new RecordedFeature("getsockopt", "one", ["include/net/sock.h:1: int x"])],
            [new PreImage("drivers/Kconfig", new string('b', 40))]),
        new Envelope(new Person("Jörg", "j@x"), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
        {
            Revision = 2,
            To = ["x@y"],
            BaseCommit = new string('c', 40),
        },
        ["v2-0001-a.patch", "v2-0002-b.patch"]));

    /// <summary>Replaces, deletes or duplicates bytes, and inserts tokens.</summary>
    private static Gen<ByteString> Mutated(ByteString file, params string[] pieces) =>
        Gen.Select(
            Gen.Int[0, file.Length],
            Gen.Int[0, 12],
            Gen.OneOf(Gen.Byte.Array[0, 6], Gen.OneOfConst(pieces).Select(piece => piece.Bytes().ToArray())))
            .Array[1, 4]
            .Select(edits => edits.Aggregate(file, (now, edit) => Edited(now, edit.Item1, edit.Item2, new ByteString(edit.Item3))));

    private static ByteString Edited(ByteString file, int at, int length, ByteString with)
    {
        at = Math.Min(at, file.Length);
        return file.Replace(at, Math.Min(length, file.Length - at), with);
    }

    [Fact]
    public void A_state_file() => Mutated(
        State,
        "\"../x\":", "\"lib/Kconfig.debug\":", "null", "{", "}", "[", "\"", "\\u0000", "99999999999", "\"format\": 3",
        "drivers/ksocket/../../x").Sample(
        bytes => Ends(() =>
        {
            var state = StateFile.In(LiteralKernel.Named().With(".ksocket-intree", new TreeFile(bytes)).Build())!;
            Assert.All(state.Files, file => Assert.True(DriverSource.Bundled.Owns(file.Key)));
            Assert.All(state.Files.Values, file => _ = file.Unpack());
            Assert.All(state.Config, line => Assert.DoesNotContain('\n', line.Value.After));
            Assert.All(state.Defconfigs, line => Assert.DoesNotContain('\n', line.Value.After));
            Assert.All(state.Output ?? "", letter => Assert.False(char.IsControl(letter)));
        }, ".ksocket-intree"),
        iter: Cases);

    [Fact]
    public void A_state_file_with_a_driver() => Mutated(
        StateWithDriver,
        "\"../x\",", "null", "null,", "{", "}", "[", "\"", "\\u0000", "\\u001b", "\"format\": 2", "drivers/ksocket", "samples/",
        "net/").Sample(
        bytes => Ends(() =>
        {
            var state = StateFile.In(LiteralKernel.Named().With(".ksocket-intree", new TreeFile(bytes)).Build())!;
            Assert.All(RecordedDriver.AllIn(state), driver => Assert.Equal("ECHO", driver.Symbol));
            Assert.All(state.DefconfigLines(), line => Assert.True(Defconfig.IsPlace(line.Key)));
            Assert.All(state.DefconfigLines(), line => Assert.DoesNotContain('\n', line.Value.After));
            Assert.All(
                state.Drivers.Values.SelectMany(driver => driver.Files), path => Assert.DoesNotContain(path.ToString(), char.IsControl));
        }, ".ksocket-intree"),
        iter: 30_000);

    [Theory]
    [InlineData("out")]
    [InlineData("")]
    [InlineData("/out\\u001b[2J")]
    public void A_state_file_with_an_output_folder_that_apply_does_not_write(string output)
    {
        var text = State.ToString().Replace("/home/user/out", output, StringComparison.Ordinal);
        var tree = LiteralKernel.Named().With(".ksocket-intree", text).Build();
        var failure = Assert.Throws<IntreeFailure>(() => StateFile.In(tree));
        Assert.Contains("its 'output' is not the full path of a folder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_of_a_state_file_is_documented()
    {
        using var state = JsonDocument.Parse(State.ToArray());
        var text = File.ReadAllText(Repository.PathOf("tool/README.md")).Split("## The state file")[1].Split("\n## ")[0];
        Assert.All(state.RootElement.EnumerateObject(), field => Assert.Contains($"| `{field.Name}` |", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_series_file() => Mutated(
        Index,
        "../", "/etc/passwd.patch\n", "# feature: x\n", "# revision: 99999999999\n", "# revision: -1\n", "\0", "\n", "# evidence: e\n",
        "# kind: 7\n", "# parts: \n", "# pre-image: x\n", "# date: 9999-99-99\n").Sample(
        bytes => Ends(() =>
        {
            var file = SeriesFileReader.Read("some/series", bytes);
            Assert.All(
                file.Patches,
                name => Assert.True(Path.GetFileName(name) == name && name.EndsWith(".patch", StringComparison.Ordinal)));
            Assert.True(file.Envelope.Revision is null or > 0);
        }, "some/series"),
        iter: Cases);

    [Fact]
    public void A_configuration() => Mutated(
        "# Linux\nCONFIG_NET=y\n# CONFIG_KSOCKET is not set\nCONFIG_X=\"a\"\n".Bytes(),
        "CONFIG_KSOCKET=", "# CONFIG_", " is not set", "\n", "=", "\r\n").Sample(
        bytes =>
        {
            var set = DotConfig.Replace(bytes, "KSOCKET", "CONFIG_KSOCKET=y");
            Assert.True(DotConfig.LineOf(set, "KSOCKET") is null or "CONFIG_KSOCKET=y");
            Assert.Null(DotConfig.LineOf(DotConfig.Replace(set, "KSOCKET", null), "KSOCKET"));
            _ = DotConfig.Difference(bytes, set);
        },
        iter: Cases);

    [Fact]
    public void A_stored_patch()
    {
        var planned = SeriesPlanner.Plan(LiteralKernel.Named().Build(), DriverSource.Bundled, [Part.Driver]);
        var created = new CreatedFiles();
        var series = PatchSeries.Of(
            planned,
            Provenance.Of(planned, [Part.Driver], TreeKind.Unknown, ""),
            new Envelope(Person.Project, Release.Date),
            created);
        var stored = series.Files.ToDictionary(file => file.FileName, file => file.Bytes);
        var name = series.Index.Patches[0];
        var at = stored[name].Span.IndexOf("diff --git a/drivers/Kconfig"u8);
        var section = stored[name].Slice(at, 700); // contains the hooks
        Mutated(section, "\ndiff --git a/drivers/Makefile b/drivers/Makefile\n", "@@ ", "\n+", "\n\nbase-commit: ").Sample(
            bytes =>
            {
                var letters = new Dictionary<string, ByteString>(stored) { [name] = stored[name].Replace(at, section.Length, bytes) };
                Ends(() => _ = PatchSeries.Remake(series.Index, DriverSource.Bundled, letters, created), "6.12.107");
            },
            iter: 500);
    }

    /// <summary>A value or one failure; any other exception is a bug.</summary>
    private static void Ends(Action read, string named)
    {
        try
        {
            read();
        }
        catch (IntreeFailure failure)
        {
            Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
            Assert.Contains(named, failure.Message, StringComparison.Ordinal);
            Assert.NotNull(failure.Hint);
        }
    }

    [Theory]
    [InlineData("# feature: x", ":6: the feature 'x' is not 'NAME VARIANT'")]
    [InlineData("# revision: 99999999999", ":6: the revision '99999999999' is not a number from 1 to 9999")]
    [InlineData("../../outside.patch", ":6: '../../outside.patch' is not the name of a patch in this folder")]
    public void A_wrong_line_of_a_series_file_is_named(string line, string said)
    {
        var lines = Index.ToString().Split('\n').ToList();
        lines.RemoveAll(one => one.StartsWith("# revision", StringComparison.Ordinal));
        lines.Insert(5, line);
        var failure = Assert.Throws<IntreeFailure>(() => _ = SeriesFileReader.Read("some/series", string.Join('\n', lines).Bytes()));
        Assert.Contains("some/series" + said, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"format\": 2,\n\"driver\": nonsense", ":3: not a state file of ksocket-intree")]
    [InlineData("""{"format":4,"driver":"x","files":{},"bases":{},"config":{}}""", "its format is 4")]
    [InlineData(
        """{"format":2,"driver":"x","files":{"lib/Kconfig.debug":"y"},"bases":{},"config":{}}""",
        "'lib/Kconfig.debug', which no release of ksocket-intree writes")]
    [InlineData("""{"format":2,"driver":"x","files":{},"bases":{},"config":{"KSOCKET":null}}""", "'config' entry for 'KSOCKET'")]
    [InlineData(
        """{"format":2,"driver":"x","files":{},"bases":{},"config":{"KSOCKET":{"before":null,"after":"CONFIG_OTHER=y"}}}""",
        "is not a line for that symbol")]
    public void A_damaged_state_file_is_named(string state, string said)
    {
        var failure = Assert.Throws<IntreeFailure>(() => StateFile.In(LiteralKernel.Named().With(".ksocket-intree", state).Build()));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains("/.ksocket-intree", failure.Message, StringComparison.Ordinal);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}
