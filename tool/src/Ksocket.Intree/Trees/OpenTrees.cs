// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Git;

namespace Ksocket.Intree.Trees;

/// <summary>Opens several trees by name; opens each repository only once.</summary>
internal sealed class OpenTrees : IDisposable
{
    private readonly Dictionary<string, GitRepository> _repositories = new(StringComparer.Ordinal);

    public KernelTree Open(string name)
    {
        if (CommitName.TryParse(name) is not { } commit)
        {
            return NamedTree.OpenFolder(name);
        }

        if (!_repositories.TryGetValue(commit.Repository, out var repository))
        {
            _repositories[commit.Repository] = repository = GitRepository.Open(commit.Repository);
        }

        return CommitTree.In(repository, commit);
    }

    public void Dispose()
    {
        foreach (var repository in _repositories.Values)
        {
            repository.Dispose();
        }
    }
}
