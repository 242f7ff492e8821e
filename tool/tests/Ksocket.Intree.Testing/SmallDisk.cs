// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Testing;

/// <summary>A small tmpfs, mounted at several folders; needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _disk = new();
    private readonly Stack<string> _mounted = new();

    public SmallDisk(params string[] folders)
    {
        Mount("-t", "tmpfs", "tmpfs", _disk.Root);
        foreach (var folder in folders)
        {
            Mount("--bind", Directory.CreateDirectory(_disk.PathOf(Path.GetFileName(folder))).FullName, folder);
        }
    }

    public void Resize(string size) => Run.Program("mount", "/", "-o", $"remount,size={size}", _disk.Root);

    public void Dispose()
    {
        while (_mounted.TryPop(out var folder))
        {
            Run.Program("umount", "/", folder);
        }

        _disk.Dispose();
    }

    private void Mount(params string[] words)
    {
        Run.Program("mount", "/", words);
        _mounted.Push(words[^1]);
    }
}
