// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Objects that no git writes end a run with an answer, or with exit code 2 and one error.</summary>
public sealed class DamagedRepositoryTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("tree")]
    [InlineData("commit")]
    [InlineData("blob")]
    [InlineData("tag")]
    [InlineData("odd")]
    public void Mutated_objects_are_answered_or_refused(string type)
    {
        var repository = _temp.PathOf("repository");
        LiteralKernel.Named().WriteTo(repository);
        Run.Git(repository, "init", "-q");
        Run.Git(repository, "add", "-A");
        Run.Git(repository, "commit", "-q", "-m", "one");
        var objects = new LooseObjects(repository);
        var root = Run.Git(repository, "rev-parse", "HEAD^{tree}").Trim();
        var bytes = type == "tree"
            ? Encoding.Latin1.GetBytes(Run.Git(repository, "cat-file", "tree", root))
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
            var run = Cli.Run("probe", $"{repository}@{(type == "tree" ? objects.WriteCommit(id) : id)}");
            if (run.Exit != ExitCode.Done)
            {
                run.RefusesWith(ExitCode.NotUnderstood, repository);
            }
        }
    }
}
