// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// The packages of tool/package, made once for all tests of a class; or those in the folder KSOCKET_INTREE_PACKAGES, which
/// were made before.
/// </summary>
public sealed class BuiltPackages : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Lazy<string> _folder;

    public BuiltPackages() => _folder = new(Build);

    /// <summary>The path of the one package with this end of name.</summary>
    public string PathOf(string end) => Assert.Single(Directory.GetFiles(_folder.Value, "*" + end));

    public string Folder => _folder.Value;

    public void Dispose() => _temp.Dispose();

    private string Build()
    {
        Skip.UnlessRoot();
        Skip.Without("mmdebstrap");
        Skip.Without("dpkg-buildpackage");
        if (Environment.GetEnvironmentVariable("KSOCKET_INTREE_PACKAGES") is { Length: > 0 } folder)
        {
            return folder;
        }

        _ = RealKernels.Command; // skips if the command is not built: the packages would build it
        string[] words = ["-o", _temp.PathOf("packages"), "archive", "debian", "dotnet-tool"];
        var built = new Child(Repository.PathOf("tool/package"), words).Run();
        Assert.True(built.Succeeded, built.Output.ToString());
        return _temp.PathOf("packages");
    }
}
