// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Files;

/// <summary>Where a path leads: by how many links it may go, two names of one folder are equal here.</summary>
public static class RealPath
{
    /// <summary>What the kernel follows before it answers ELOOP (path_resolution(7)).</summary>
    private const int MostLinks = 40;

    /// <summary>The absolute path with every link on the way resolved, as far as there is anything.</summary>
    public static string Of(string path)
    {
        var left = MostLinks;
        return Machine.Try(path, () => Follow("/", Path.GetFullPath(path), ref left));
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
