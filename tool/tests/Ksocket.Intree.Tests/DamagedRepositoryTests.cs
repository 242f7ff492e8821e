// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Objects that no git writes end a run with an answer, or with exit code 2 and one error.</summary>
public sealed class DamagedRepositoryTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _repository;

    public DamagedRepositoryTests()
    {
        _repository = _temp.PathOf("repository");
        LiteralKernel.Named().WriteTo(_repository);
        Run.Git(_repository, "init", "-q");
        Run.Git(_repository, "add", "-A");
        Run.Git(_repository, "commit", "-q", "-m", "one");
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_name_that_leaves_its_folder_is_refused()
    {
        var objects = new LooseObjects(_repository);
        var driver = objects.Write("tree", LooseObjects.TreeOf(("100644", "..", objects.Write("blob", "x"u8))));
        var drivers = Encoding.Latin1.GetBytes(Run.Git(_repository, "cat-file", "tree", "HEAD:drivers"));
        var root = Encoding.Latin1.GetBytes(Run.Git(_repository, "cat-file", "tree", "HEAD^{tree}"));
        var after = objects.Write("tree", [.. drivers, .. LooseObjects.TreeOf(("40000", "ksocket", driver))]);
        var at = root.AsSpan().IndexOf("40000 drivers\0"u8) + "40000 drivers\0".Length;
        Convert.FromHexString(after).CopyTo(root, at);
        var commit = objects.WriteCommit(objects.Write("tree", root));
        Cli.Run("status", $"{_repository}@{commit}").RefusesWith(ExitCode.NotUnderstood, driver, "an entry named '..'");
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("commit")]
    [InlineData("blob")]
    [InlineData("tag")]
    [InlineData("odd")]
    public void Mutated_objects_are_answered_or_refused(string type)
    {
        var objects = new LooseObjects(_repository);
        var root = Run.Git(_repository, "rev-parse", "HEAD^{tree}").Trim();
        var bytes = type == "tree"
            ? Encoding.Latin1.GetBytes(Run.Git(_repository, "cat-file", "tree", root))
            : LooseObjects.CommitOf(root);
        var random = new Random(1);
        for (var number = 0; number < 100; number++)
        {
            byte[] mutated = [.. bytes];
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            var id = objects.Write(type, mutated.AsSpan(0, random.Next(mutated.Length / 2, mutated.Length + 1)));
            var run = Cli.Run("probe", $"{_repository}@{(type == "tree" ? objects.WriteCommit(id) : id)}");
            if (run.Exit != ExitCode.Done)
            {
                run.RefusesWith(ExitCode.NotUnderstood, _repository);
            }
        }
    }
}
