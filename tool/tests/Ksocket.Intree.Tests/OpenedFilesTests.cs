// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>A tree is read once, and what is written to is reached by descriptor: strace shows each call of the real program.</summary>
public sealed partial class OpenedFilesTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _tree;

    public OpenedFilesTests()
    {
        Skip.Without("strace");
        _tree = Directory.CreateDirectory(_temp.PathOf("tree")).FullName;
        LiteralKernel.Named().WriteTo(_tree);
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>apply and remove read a file once more just before it is replaced or deleted.</summary>
    [Theory]
    [InlineData("plan --parts all", false, 1)]
    [InlineData("plan --parts all", true, 1)]
    [InlineData("status", true, 1)]
    [InlineData("apply --parts all", false, 2)]
    [InlineData("apply --parts all", true, 1)]
    [InlineData("remove", true, 2)]
    [InlineData("series", false, 1)]
    [InlineData("plan --with kmine", false, 1)]
    [InlineData("status", true, 1, "kmine")]
    [InlineData("apply --with kmine", false, 2)]
    [InlineData("apply --with kmine", true, 1, "kmine")]
    [InlineData("remove --with kmine", true, 2, "kmine")]
    [InlineData("series --with kmine", false, 1)]
    public void No_file_of_the_tree_is_opened_twice(string verb, bool applied, int most, string? own = null)
    {
        Prepare(applied, own);
        string[] output = verb.StartsWith("series", StringComparison.Ordinal) ? ["-o", _temp.PathOf("out")] : [];
        var opened = Trace("openat", [.. Words(verb), .. output])
            .Where(call => !call.Contains("O_CREAT", StringComparison.Ordinal) && !call.Contains("O_DIRECTORY", StringComparison.Ordinal))
            .Select(call => Opened().Match(call))
            .Where(match => match.Success && match.Groups["path"].Value.StartsWith(_tree + "/", StringComparison.Ordinal))
            .GroupBy(match => match.Groups["path"].Value)
            .ToList();
        Assert.True(opened.Count > 5, $"only {opened.Count} files were opened");
        Assert.All(opened, file => Assert.True(file.Count() <= most, $"{file.Key} was opened {file.Count()} times"));
    }

    [Theory]
    [InlineData("apply --parts all", false)]
    [InlineData("remove", true)]
    [InlineData("apply --with kmine", false)]
    [InlineData("remove --with kmine", true, "kmine")]
    public void No_path_of_the_tree_is_walked_to_write(string verb, bool applied, string? own = null)
    {
        Prepare(applied, own);

        // Relative to a descriptor each call names one entry; none that takes a whole path of the tree is used. In one run: a second
        // one would have nothing to write.
        const string whole = "open,creat,rename,unlink,rmdir,mkdir,chmod,chown,lchown,link,symlink,truncate,utime,utimes,setxattr";
        const string at = "openat,openat2,renameat,renameat2,unlinkat,mkdirat,linkat,symlinkat,fchmodat,fchownat,utimensat";
        var calls = Trace($"{whole},{at}", Words(verb));
        Assert.DoesNotContain(
            calls, call => WholePath().IsMatch(call) && call.Contains(_tree, StringComparison.Ordinal));
        var written = calls.Where(call => Written().IsMatch(call)).ToList();
        Assert.True(written.Count > 40, $"{written.Count} calls that write");
        Assert.All(written, call => Assert.DoesNotMatch($@"AT_FDCWD[^,]*, ""{Regex.Escape(_tree)}/", call));
    }

    /// <param name="own">A driver beside ksocket.</param>
    private void Prepare(bool applied, string? own)
    {
        Cli.Run("new", _temp.PathOf("kmine"));
        if (applied)
        {
            Cli.Run(["apply", .. own is null ? ["--parts", "all"] : (string[])["--with", _temp.PathOf(own)], _tree]);
        }
    }

    /// <summary>The words of a command, with the path of the driver.</summary>
    private string[] Words(string verb) => [.. verb.Split(' ').Select(word => word == "kmine" ? _temp.PathOf(word) : word)];

    private List<string> Trace(string calls, string[] words)
    {
        var log = _temp.PathOf("trace");
        string[] traced = ["-f", "-qq", "-y", "-s", "4096", "-o", log, "-e", "trace=" + calls];
        var result = new Child("strace", [.. traced, RealKernels.Command, .. words, _tree]).Run();
        Assert.True(result.Succeeded, result.Output.ToString());
        return [.. File.ReadAllLines(log).Where(line => !line.Contains(" = -1 ", StringComparison.Ordinal))];
    }

    /// <summary>With -y, strace prints the path of the descriptor that a call returned.</summary>
    [GeneratedRegex(@"openat\(.*\) = \d+<(?<path>[^>]*)>$")]
    private static partial Regex Opened();

    [GeneratedRegex(@"O_CREAT|O_WRONLY|O_RDWR|^\d+ +(rename|unlink|mkdir|link|symlink|fchmod|fchown|utimens)at")]
    private static partial Regex Written();

    [GeneratedRegex(@"^\d+ +(?!\w*at2?\()\w+\(")]
    private static partial Regex WholePath();
}
