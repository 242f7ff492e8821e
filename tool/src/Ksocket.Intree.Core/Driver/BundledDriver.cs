// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>The driver that this tool was built with: the folder drivers-ksocket of this repository, and its Kconfig at the top.</summary>
public static class BundledDriver
{
    private static readonly Lazy<DriverSource> Embedded = new(ReadEmbedded);

    private static readonly TreePath Home = "drivers-ksocket";

    public static DriverSource Source => Embedded.Value;

    /// <summary>The driver of these files of this repository, such as those of another release.</summary>
    public static DriverSource Of(IEnumerable<KeyValuePair<TreePath, ByteString>> files)
    {
        var inside = files.ToDictionary(
            file => file.Key.IsBelow(Home) ? new TreePath(file.Key.Bytes.Slice(Home.Bytes.Length + 1)) : file.Key,
            file => file.Value);
        return new(IntreeFile.Read(IntreeFile.Name, inside[IntreeFile.Name]).Place!.Value, inside);
    }

    private static DriverSource ReadEmbedded()
    {
        const string prefix = "driver:";
        var assembly = Assembly.GetExecutingAssembly();
        return Of(
            from name in assembly.GetManifestResourceNames()
            where name.StartsWith(prefix, StringComparison.Ordinal)
            select KeyValuePair.Create(new TreePath(name[prefix.Length..].Replace('\\', '/')), new ByteString(Read(name))));

        byte[] Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
