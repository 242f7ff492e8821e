// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>C sources of this tool, compiled with gcc on this machine and kept: the result changes only with them and with gcc.</summary>
internal static class CompiledSources
{
    /// <summary>Compiles the sources embedded under a prefix, unless that is done, and returns the path of the result.</summary>
    /// <param name="name">The name of the result; a hash is added.</param>
    /// <param name="needs">What gcc lacks if it fails, as a command for the hint.</param>
    public static string Compile(string folder, string prefix, string name, IReadOnlyList<string> options, string needs, ProofLog log)
    {
        var sources = Sources(prefix);
        var gcc = Programs.Find("gcc") is { } found ? FileStamp.Of(RealPath.Of(found)) : "";
        var key = Digest.Sha256();
        foreach (var bytes in sources.Values)
        {
            key.Add(ByteString.OfText($"{bytes.Length}\0"));
            key.Add(new ByteString(bytes));
        }

        key.Add(ByteString.OfText(gcc));
        var program = Path.Combine(folder, $"{name}-{key.ToHex()[..16]}");
        if (!File.Exists(program))
        {
            foreach (var (file, bytes) in sources)
            {
                File.WriteAllBytes(Path.Combine(folder, file), bytes);
            }

            string[] files = [.. sources.Keys.Where(file => file.EndsWith(".c", StringComparison.Ordinal))];
            Run([.. options, "-O2", "-Wall", "-o", program + ".new", .. files.Select(file => Path.Combine(folder, file))], needs, log);
            File.Move(program + ".new", program, overwrite: true);
        }

        return program;
    }

    private static void Run(string[] arguments, string needs, ProofLog log)
    {
        log.Command("gcc", arguments);
        var result = new Child("gcc", arguments) { OnLine = log.Write }.Run();
        if (!result.Succeeded)
        {
            throw IntreeFailure.Fatal($"gcc cannot compile a program of prove: {result.FirstError}", needs);
        }
    }

    private static SortedDictionary<string, byte[]> Sources(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var sources = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            resource.CopyTo(bytes);
            sources[name[prefix.Length..]] = bytes.ToArray();
        }

        return sources;
    }
}
