// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Files;

/// <summary>Resolves the links of a path, so that two names of one folder become equal.</summary>
public static class RealPath
{
    /// <summary>The kernel's limit before ELOOP (path_resolution(7)).</summary>
    private const int MostLinks = 40;

    /// <summary>The absolute path with every link resolved, as far as the path exists.</summary>
    public static string Of(string path)
    {
        var left = MostLinks;
        return IoFailures.Try(path, () => Follow("/", Path.GetFullPath(path), ref left));
    }

    private static string Follow(string from, string path, ref int left)
    {
        var real = Path.IsPathRooted(path) ? "/" : from;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "."))
        {
            var next = name == ".." ? Path.GetDirectoryName(real) ?? "/" : Path.Combine(real, name);
            if (name != ".." && new FileInfo(next).LinkTarget is { } target)
            {
                next = left-- > 0 ? Follow(real, target, ref left) : throw new IOException("too many links");
            }

            real = next;
        }

        return real;
    }
}
