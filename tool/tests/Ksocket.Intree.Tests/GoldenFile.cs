// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Output that a person has looked at, in the folder Golden.</summary>
internal static class GoldenFile
{
    private const string Update = "KSOCKET_INTREE_UPDATE_GOLDEN";

    /// <summary>Compares the text with the file; with KSOCKET_INTREE_UPDATE_GOLDEN=1, writes the file first.</summary>
    public static void Holds(string file, string text)
    {
        var path = Repository.PathOf($"tool/tests/Ksocket.Intree.Tests/Golden/{file}");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.ReadAllText(path) == text, $"the output changed; look at it, then run the test with {Update}=1 and commit {path}");
    }
}
