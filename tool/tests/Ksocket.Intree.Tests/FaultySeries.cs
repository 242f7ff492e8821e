// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>A series that is made and then damaged, and how send is called on it.</summary>
internal sealed class FaultySeries
{
    private readonly TempFolder _temp;

    public FaultySeries(TempFolder temp)
    {
        _temp = temp;
        Sender = SenderIn(temp);
        Folder = Sender.Folder;
    }

    /// <summary>A sender of a series for a kernel whose MAINTAINERS names somebody for a file that it changes.</summary>
    public static Sender SenderIn(TempFolder temp)
    {
        var tree = temp.PathOf("tree");
        LiteralKernel.Named().WriteTo(tree);
        File.AppendAllText(Path.Combine(tree, "MAINTAINERS"), """

            ZZ LAST
            M:	Wanted <wanted@example.org>
            S:	Maintained
            F:	drivers/Kconfig

            """);
        return new Sender(SmallRepository.Make(tree, temp.PathOf("linux")), temp.PathOf("out"));
    }

    public Sender Sender { get; }

    /// <summary>The folder that is sent.</summary>
    public string Folder { get; set; }

    /// <summary>Further words for send.</summary>
    public List<string> Words { get; } = ["--net-next-open"];

    public string Tree => Sender.Kernel + "@base";

    public string PathOf(string name) => _temp.PathOf(name);

    public string Meta(string name) => Path.Combine(Folder, "meta", name);

    public string Patch(string start) => Directory.GetFiles(Folder, start + "*").Single();

    public void Make(params string[] words) => Done("series", Sender.Series(words));

    /// <summary>Writes a text of the sender and the mails with it.</summary>
    public void Write(string name, string text)
    {
        File.WriteAllText(Meta(name), text);
        Done("verify --write", Sender.Command("verify", "--write", Folder));
    }

    /// <param name="start">The start of the name of a patch.</param>
    public void Edit(string start, string old, string other)
    {
        var file = Patch(start);
        var text = File.ReadAllText(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(old, other, StringComparison.Ordinal));
    }

    /// <summary>A script of the kernel tree that prints one line, and a commit with it.</summary>
    public void Script(string path, string line)
    {
        var file = Path.Combine(Sender.Kernel, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"#!/usr/bin/env perl\nprint \"{line}\\n\";\n");
        Run.Git(Sender.Kernel, "add", "-f", ".");
        Run.Git(Sender.Kernel, "commit", "-q", "-m", "a script");
        Words.AddRange(["--tree", Sender.Kernel + "@HEAD"]);
    }

    /// <summary>What prove --json answers, for one form of one driver.</summary>
    public void Proof(string form, string driver)
    {
        File.WriteAllText(PathOf("proof"), $$"""
            {"proven":true,"complete":true,"refused":[],"proofs":[{"tree":"t","version":"6.12.107","arch":"um","debug":false,
            "form":"{{form}}","proven":true,"seconds":1,"cpuSeconds":1,"steps":[],"talk":[],"log":"",
            "driver":"{{driver}}","cases":0,"settings":[],"booted":true}]}
            """);
        Words.AddRange(["--proof", PathOf("proof")]);
    }

    /// <summary>The series was sent an hour ago.</summary>
    public void SentBefore() => File.WriteAllText(
        Meta("sent"),
        $"# ksocket-intree sending, format 1\nstarted {DateTimeOffset.UtcNow.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}\ndigest x\n"
            + "sender A <a@example.org>\nmail 1@example.org 0000-cover-letter.patch\n"
            + $"finished {DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}\n");

    private static void Done(string what, Processes.ChildResult run) =>
        Assert.True(run.Succeeded, $"{what} exited {run.ExitCode}: {run.Output}");
}
