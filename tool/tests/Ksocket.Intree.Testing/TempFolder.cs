// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Testing;

/// <summary>A folder that is deleted after the test.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder(string? below = null) =>
        Root = below is null
            ? Directory.CreateTempSubdirectory("ksocket-test-").FullName
            : Directory.CreateDirectory(Path.Combine(below, Path.GetRandomFileName())).FullName;

    public string Root { get; }

    public string PathOf(string path) => Path.Combine(Root, path);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // left for the system to clean up
        }
    }
}
