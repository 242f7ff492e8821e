// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// Installs each package in a root that holds only what the package declares, and uses it there on files of a real
/// kernel, without a network and without this checkout.
/// </summary>
public sealed class PackageTests(BuiltPackages packages) : IClassFixture<BuiltPackages>, IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_archive_works_with_libc_and_libssl_alone()
    {
        var root = Unpacked(RootOf("libc6", "libssl3"));
        AssertIsUsable(root, "/usr/local/bin/ksocket-intree");
        Assert.True(File.Exists(Path.Combine(root, "usr/local/share/man/man1/ksocket-intree-apply.1")));
    }

    /// <summary>Whoever has only the package can follow README: to the reference of the calls, for one.</summary>
    [Fact]
    public void The_links_of_README_lead_to_files_of_the_archive()
    {
        var folder = _temp.PathOf("archive");
        Directory.CreateDirectory(folder);
        Run.Program("tar", folder, "--strip-components=1", "-xf", packages.PathOf("linux-x64.tar.xz"));
        var readme = Path.Combine(folder, "share/doc/ksocket-intree/README.md");
        var found = Regex.Matches(File.ReadAllText(readme), @"\]\((?!https?:|#)([^)#]+)[^)]*\)");
        var links = found.Select(link => link.Groups[1].Value).Distinct().ToList();
        Assert.True(links.Count >= 8);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(readme)!, link)), link));
    }

    /// <summary>libgit2 crashes without libssl; folders need neither.</summary>
    [Fact]
    public void Without_libssl_folders_work_and_repositories_are_an_error()
    {
        var root = Unpacked(RootOf("libc6"));
        LiteralKernel.Named().WriteTo(Path.Combine(root, "linux"));
        Run.Git(Path.Combine(root, "linux"), "init", "-q");
        foreach (var verb in new[] { "probe", "apply", "status", "remove" })
        {
            Assert.Equal(0, In(root, "/usr/local/bin/ksocket-intree", verb, "/linux").ExitCode);
        }

        var run = In(root, "/usr/local/bin/ksocket-intree", "status", "/linux@HEAD");
        Assert.Equal(128, run.ExitCode);
        Assert.StartsWith("error: cannot run git: ", run.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Debian_package_works_with_its_dependencies_alone()
    {
        var package = packages.PathOf("_amd64.deb");
        var depends = Run.Program("dpkg-deb", "/", "-f", package, "Depends").Trim().Split(", ").Select(one => one.Split(' ')[0]);
        var root = RootOf([.. depends]);
        Run.Program("dpkg-deb", "/", "-x", package, root);
        AssertIsUsable(root, "/usr/bin/ksocket-intree");
    }

    [Fact]
    public void The_Debian_package_passes_lintian()
    {
        Skip.Without("lintian");
        var lintian = new Child("lintian", ["--allow-root", "--fail-on", "error,warning", packages.PathOf("_amd64.deb")]).Run();
        Assert.True(lintian.Succeeded, lintian.Output.ToString());
    }

    /// <summary>The runtime of .NET needs the C++ library; the package itself declares the runtime.</summary>
    [Fact]
    public void The_dotnet_tool_works_with_the_runtime_alone()
    {
        var root = RootOf("libc6", "libgcc-s1", "libstdc++6", "libssl3");
        var program = Programs.Find("dotnet")!;
        var dotnet = Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
        Directory.CreateDirectory(Path.Combine(root, "usr/share/dotnet/shared"));
        foreach (var part in new[] { "dotnet", "host", "shared/Microsoft.NETCore.App" })
        {
            Run.Program("cp", "/", "-r", Path.Combine(dotnet, part), Path.Combine(root, "usr/share/dotnet", part));
        }

        Run.Program("dotnet", _temp.Root, "tool", "install", "ksocket-intree", "--tool-path", Path.Combine(root, "opt/tools"),
            "--source", packages.Folder);
        AssertIsUsable(root, "/opt/tools/ksocket-intree");
    }

    [Fact]
    public void Checksums_hold() => Run.Program("sha256sum", packages.Folder, "--check", "--strict", "SHA256SUMS");

    /// <summary>The verbs on a folder and on a commit, in this order.</summary>
    private static void AssertIsUsable(string root, string program)
    {
        var tree = Path.Combine(root, "work/linux");
        Directory.CreateDirectory(tree);
        var pristine = RealKernels.Pristine("6.12");
        Run.Program(
            "cp", pristine, "--parents", "-r", "Makefile", "Kbuild", "include", "drivers/Makefile", "samples/Makefile", "MAINTAINERS",
            "Documentation/networking", tree);
        Run.Program("find", pristine, ".", "-name", "Kconfig*", "-type", "f", "-exec", "cp", "--parents", "-t", tree, "{}", "+");
        Run.Git(Path.Combine(root, "work"), "init", "-q", "--bare", "linux.git");
        Run.Git(tree, "init", "-q");
        Run.Git(tree, "config", "gc.auto", "0"); // it would go on in the background
        Run.Git(tree, "add", "-f", ".");
        Run.Git(tree, "commit", "-q", "-m", "6.12");
        Run.Git(tree, "push", "-q", "../linux.git", "HEAD:refs/heads/main", "HEAD:refs/tags/v6.12");
        Directory.Delete(Path.Combine(tree, ".git"), recursive: true);
        var before = FolderDigest.Of(tree);

        Assert.Contains("ksocket-intree 1.", Use("--version"), StringComparison.Ordinal);
        Assert.Contains("requirements: ", Use("probe", "/work/linux"), StringComparison.Ordinal);
        Assert.Contains("ksocket added: ", Use("apply", "--parts", "all", "/work/linux"), StringComparison.Ordinal);
        Assert.StartsWith("present", Use("status", "/work/linux"), StringComparison.Ordinal);
        var committed = Use("commit", "/work/linux.git@v6.12").Split('\n');
        var commits = committed.Count(line => Regex.IsMatch(line, "^  [0-9a-f]{12}  "));
        Assert.StartsWith("present", Use("status", "/work/linux.git@ksocket"), StringComparison.Ordinal);
        Use("series", "/work/linux.git@v6.12", "--cover-letter", "-o", "/work/outgoing");
        Assert.True(commits >= 4);
        Assert.Equal(commits + 1, Directory.GetFiles(Path.Combine(root, "work/outgoing"), "*.patch").Length); // with a cover letter
        Assert.Contains("ksocket removed: ", Use("remove", "/work/linux"), StringComparison.Ordinal);
        Assert.Equal(before, FolderDigest.Of(tree));
        Assert.Contains("--built-in", Use("prove", "--help"), StringComparison.Ordinal);

        string Use(params string[] words)
        {
            var run = In(root, program, words);
            Assert.True(run.Succeeded, $"{string.Join(' ', words)} exited {run.ExitCode}:\n{run.Output}");
            return run.Output.ToString();
        }
    }

    private static ChildResult In(string root, string program, params string[] words) =>
        new Child("unshare", ["-n", "-m", "sh", "-c", Enter, root, program, .. words]) { Environment = Bare }.Run();

    /// <summary>With /proc, which the runtime of .NET needs; the mount ends with the process.</summary>
    private const string Enter = "mkdir -p \"$0/proc\" && mount -t proc proc \"$0/proc\" && exec chroot \"$0\" \"$@\"";

    private string Unpacked(string root)
    {
        var local = Directory.CreateDirectory(Path.Combine(root, "usr/local")).FullName;
        Run.Program("tar", local, "--strip-components=1", "-xf", packages.PathOf("linux-x64.tar.xz"));
        return root;
    }

    private static readonly Dictionary<string, string?> Bare = new() { ["HOME"] = "/", ["PATH"] = "/usr/sbin:/usr/bin:/bin" };

    /// <summary>A root with these Debian packages and what they depend on.</summary>
    private string RootOf(params string[] depends)
    {
        _ = packages.Folder;
        _ = RealKernels.Pristine("6.12");
        var root = _temp.PathOf("root");
        var made = new Child(Repository.PathOf("tool/tests/clean-root"), [root, .. depends]).Run();
        Assert.SkipUnless(made.Succeeded, $"skipped: no root of Debian packages: {made.Output}");
        return root;
    }
}
