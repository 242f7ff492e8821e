// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Tests tool/ksocket-intree in a small checkout, with a fake dotnet that counts builds.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string?> _environment;

    public LauncherTests()
    {
        foreach (var name in new[] { "ksocket-intree", "lib.sh", "build.sh" })
        {
            Write($"checkout/tool/{name}", File.ReadAllText(Repository.PathOf($"tool/{name}")));
        }

        string[] sources = ["tool/Directory.Build.props", "tool/src/One/One.cs", "drivers-ksocket/socket.c", "Kconfig", "global.json"];
        foreach (var name in sources)
        {
            Write($"checkout/{name}", "one\n");
        }

        Write("bin/dotnet", """
            #!/bin/bash
            while [ "$1" != -o ]; do shift; done
            echo built >>"$COUNT"
            mkdir -p "$2"
            printf '#!/bin/sh\necho program "$@"\n' >"$2/ksocket-intree"
            chmod +x "$2/ksocket-intree"
            """);
        Write("bin/dpkg-query", "#!/bin/bash\necho install ok installed\n");
        _environment = new()
        {
            ["PATH"] = $"{_temp.PathOf("bin")}:/usr/bin:/bin",
            ["COUNT"] = _temp.PathOf("count"),
            ["HOME"] = _temp.PathOf("home"),
        };
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void It_builds_once_and_again_when_a_source_changed_came_or_went()
    {
        AssertRuns(builds: 1);
        AssertRuns(builds: 1);
        Write("checkout/tool/src/One/One.cs", "two\n");
        AssertRuns(builds: 2);
        Write("checkout/tool/src/One/Two.cs", "two\n");
        AssertRuns(builds: 3);
        File.Delete(_temp.PathOf("checkout/tool/src/One/One.cs"));
        AssertRuns(builds: 4);
        Write("checkout/drivers-ksocket/new/file.c", "new\n");
        AssertRuns(builds: 5);
        AssertRuns(builds: 5);
    }

    [Fact]
    public void It_works_through_a_link_and_from_the_folder_it_is_in()
    {
        AssertRuns(builds: 1);
        File.CreateSymbolicLink(_temp.PathOf("bin/linked"), _temp.PathOf("checkout/tool/ksocket-intree"));
        Assert.Equal("program probe\n", Launch("linked", "probe").Output.ToString());
        Assert.Equal(
            "program probe\n",
            new Child("bash", ["ksocket-intree", "probe"])
            {
                Folder = _temp.PathOf("checkout/tool"),
                Environment = _environment,
            }.Run().Output.ToString());
        Assert.Equal("built\n", File.ReadAllText(_temp.PathOf("count")));
    }

    [Fact]
    public void HOME_is_needed_to_build_and_not_to_run()
    {
        var home = _environment["HOME"];
        _environment["HOME"] = null;
        Fails("HOME is not set");
        _environment["HOME"] = home;
        AssertRuns(builds: 1);
        _environment["HOME"] = null;
        AssertRuns(builds: 1);
    }

    /// <summary>A file in place of the folder fails for root, too.</summary>
    [Fact]
    public void A_checkout_that_cannot_be_written_is_an_environment_failure()
    {
        Write("checkout/.artifacts", "");
        Fails(".artifacts cannot be written");
    }

    [Fact]
    public void A_build_that_fails_is_an_environment_failure()
    {
        Write("bin/dotnet", "#!/bin/bash\necho no such thing\nexit 1\n");
        Fails("ksocket-intree does not build");
    }

    [Fact]
    public void Scripts_that_need_the_cache_say_that_HOME_is_not_set()
    {
        _environment["HOME"] = null;
        var run = new Child("bash", ["-c", ". checkout/tool/lib.sh"]) { Folder = _temp.Root, Environment = _environment }.Run();
        Assert.Equal(
            (128, "error: HOME is not set, so there is no folder for the cache\nhint: set HOME or KSOCKET_INTREE_CACHE\n"),
            (run.ExitCode, run.Output.ToString()));
    }

    private void AssertRuns(int builds)
    {
        var run = Launch(_temp.PathOf("checkout/tool/ksocket-intree"), "probe", "a b");
        Assert.True(
            run.Succeeded && run.Output.ToString().EndsWith("program probe a b\n", StringComparison.Ordinal),
            run.Output.ToString());
        Assert.Equal(builds, File.ReadAllLines(_temp.PathOf("count")).Length);
    }

    private void Fails(string why)
    {
        var run = Launch(_temp.PathOf("checkout/tool/ksocket-intree"), "probe");
        Assert.Equal(128, run.ExitCode);
        Assert.Single(run.Output.ToString().Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Single(run.Output.ToString().Split('\n'), line => line.StartsWith("hint: ", StringComparison.Ordinal));
        Assert.Contains(why, run.Output.ToString(), StringComparison.Ordinal);
    }

    private ChildResult Launch(string program, params string[] words) =>
        new Child("bash", ["-c", "\"$0\" \"$@\"", program, .. words])
        {
            Environment = new Dictionary<string,
            string?>(_environment)
            { ["XDG_CACHE_HOME"] = null, ["KSOCKET_INTREE_CACHE"] = null },
        }.Run();

    private void Write(string path, string text)
    {
        var file = _temp.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
