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
        if (!CommitTree.IsNamedBy(name))
        {
            return NamedTree.OpenFolder(name);
        }

        var (folder, revision) = CommitTree.Split(name);
        if (!_repositories.TryGetValue(folder, out var repository))
        {
            _repositories[folder] = repository = GitRepository.Open(folder);
        }

        return CommitTree.In(repository, name, revision);
    }

    public void Dispose()
    {
        foreach (var repository in _repositories.Values)
        {
            repository.Dispose();
        }
    }
}
