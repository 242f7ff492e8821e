// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Copying;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>kconfig runs again whenever it could make another .config.</summary>
public sealed class ConfigurationRecordTests : IDisposable
{
    private static readonly Fragment Asked = new([new("NET", "y")], []);

    private readonly TempFolder _temp = new();
    private readonly ConfigurationRecord _record;

    public ConfigurationRecordTests()
    {
        File.WriteAllText(_temp.PathOf(".config"), "CONFIG_NET=y\n");
        _record = new ConfigurationRecord(_temp.Root, Arch.Um);
        _record.Write(Asked, "inputs");
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_same_input_has_the_same_result() => Assert.True(_record.IsCurrent(Asked, "inputs"));

    [Fact]
    public void Other_settings_or_inputs_or_tools_have_another()
    {
        Assert.False(_record.IsCurrent(Asked.With([new("INET", "y")]), "inputs"));
        Assert.False(_record.IsCurrent(Asked, "others"));
        Assert.False(new ConfigurationRecord(_temp.Root, Arch.Arm64).IsCurrent(Asked, "inputs"));
    }

    [Fact]
    public void A_configuration_that_was_changed_or_deleted_is_made_again()
    {
        File.AppendAllText(_temp.PathOf(".config"), "CONFIG_X=y\n");
        Assert.False(_record.IsCurrent(Asked, "inputs"));
        File.Delete(_temp.PathOf(".config"));
        Assert.False(_record.IsCurrent(Asked, "inputs"));
    }

    [Fact]
    public void A_run_that_was_killed_leaves_no_record()
    {
        _record.Forget();
        Assert.False(_record.IsCurrent(Asked, "inputs"));
    }

    [Theory]
    [InlineData("net/Kconfig", true)]
    [InlineData("net/Kconfig.debug", true)]
    [InlineData("Makefile", true)]
    [InlineData("scripts/cc-version.sh", true)]
    [InlineData("arch/um/Makefile-skas", true)]
    [InlineData("net/socket.c", false)]
    [InlineData("net/Makefile", false)]
    public void Only_files_that_kconfig_reads_are_its_input(string path, bool isInput)
    {
        var file = Path.Combine(_temp.Root, "tree", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "one");
        var before = Inputs();
        File.WriteAllText(file, "another");
        Assert.Equal(isInput, before != Inputs());
    }

    private string Inputs() => SourceListing.Of(FolderTree.Open(_temp.PathOf("tree"))).KconfigInputs([]);
}
