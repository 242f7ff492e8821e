// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// Records from what a .config was made, beside it. kconfig makes the same file from the same input, so it need not run
/// again; it takes longer than compiling a changed driver file.
/// </summary>
internal sealed class ConfigurationRecord(string output, Arch arch)
{
    /// <summary>The programs that Kconfig files ask for their version or options; a missing one counts, too.</summary>
    private static readonly string[] Toolchain = ["gcc", "ld", "as"];

    private static readonly string[] OfThisMachine = ["make", "pahole", "rustc", "bindgen", "clang"];

    private readonly string _record = Path.Combine(output, "configured");
    private readonly string _config = Path.Combine(output, ".config");

    /// <summary>True if .config was made from this input and was not changed.</summary>
    /// <param name="inputs">Identifies the files that kconfig reads.</param>
    public bool IsCurrent(Fragment fragment, string inputs) =>
        File.Exists(_record) && File.Exists(_config) && File.ReadAllText(_record) == Of(fragment, inputs);

    public void Forget() => File.Delete(_record);

    public void Write(Fragment fragment, string inputs) => File.WriteAllText(_record, Of(fragment, inputs));

    private string Of(Fragment fragment, string inputs)
    {
        var programs = Toolchain.Select(name => arch.CrossCompile + name).Concat(OfThisMachine)
            .Select(name => Programs.Find(name) is { } path ? $"{path} {FileStamp.Of(RealPath.Of(path))}" : "");
        var text = string.Join('\n', [inputs, .. programs, .. fragment.Asked.Select(setting => setting.Line)]);
        return Digest.Sha256(ByteString.OfText(text)) + Digest.Sha256(new ByteString(File.ReadAllBytes(_config)));
    }
}
