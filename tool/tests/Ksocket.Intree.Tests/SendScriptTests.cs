// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// checkpatch and kernel-doc of real kernels find a seeded fault in the series. <see cref="WholeWayTests"/> has it without one.
/// </summary>
public sealed class SendScriptTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void A_seeded_fault_is_found(string version)
    {
        Skip.Without("perl");
        Skip.Without("python3");
        var sender = new Sender(SmallRepository.Make(RealKernels.Pristine(version), _temp.PathOf("linux")), _temp.PathOf("out"));
        var made = sender.Series("--cc-maintainers");
        Assert.True(made.Succeeded, made.Output.ToString());
        var patch = Directory.GetFiles(sender.Folder, "0001-*").Single();
        var text = File.ReadAllText(patch);
        Assert.Contains("+ * @sock: ", text, StringComparison.Ordinal);
        File.WriteAllText(patch, text
            .Replace("+#include <linux/net.h>\n", "+#include <linux/net.h> \n", StringComparison.Ordinal)
            .Replace("+ * @sock: ", "+ * @sokc: ", StringComparison.Ordinal));
        var run = sender.Command("send", "--dry-run", "--net-next-open", "--tree", sender.Kernel + "@base", sender.Folder);
        Assert.Equal(4, run.ExitCode);
        Assert.Matches(@"refusal  checkpatch +\d+ errors, the first: .*TRAILING_WHITESPACE", run.Output.ToString());
        Assert.Matches(@"refusal  kernel-doc +\d+ findings, the first: .*'so(ck|kc)'", run.Output.ToString());
    }
}
