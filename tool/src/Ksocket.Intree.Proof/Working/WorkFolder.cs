// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Working;

/// <summary>
/// The work folder of a kernel. Its name is derived from the top Makefile, so a moved tree, or another checkout of it,
/// finds its objects. Only one proof at a time uses it; others wait.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    /// <summary>EWOULDBLOCK: the lock is held. Any other error is permanent.</summary>
    private const int WouldBlock = 11;

    private readonly string _folder;
    private readonly string _logs;
    private readonly FileStream _lock;

    private WorkFolder(string folder, string logs, FileStream held) => (_folder, _logs, _lock) = (folder, logs, held);

    public string Source => Path.Combine(_folder, "source");

    /// <summary>The file that lists the sources of the copy.</summary>
    public string Record => Path.Combine(_folder, "source.list");

    public string Scratch => Path.Combine(_folder, "scratch");

    public static WorkFolder Open(string work, FolderTree tree, KernelVersion version, Action<string> waits, CancellationToken stop)
    {
        // Compare resolved paths: either may contain symbolic links.
        if ((RealPath.Of(work) + "/").StartsWith(RealPath.Of(tree.Root) + "/", StringComparison.Ordinal))
        {
            throw IntreeFailure.InTheWay(
                $"--work {work} is inside the tree, and prove never writes to a tree", "choose a folder outside it, or omit --work");
        }

        var log = $"{Path.GetFileName(tree.Root)}-{Hash(Encoding.UTF8.GetBytes(tree.Root))}";
        return Open(work, $"{version}-{Hash(tree.Read("Makefile").ToArray())}", log, waits, stop);
    }

    /// <summary>For a prebuilt kernel: one folder for each release and header folder.</summary>
    public static WorkFolder OpenForImage(string work, string release, string headers, Action<string> waits)
    {
        var name = $"{release}-{Hash(Encoding.UTF8.GetBytes(headers))}";
        return Open(work, name, name, waits, CancellationToken.None);
    }

    private static WorkFolder Open(string work, string name, string log, Action<string> waits, CancellationToken stop)
    {
        var top = Path.GetFullPath(work);
        if (top.Any(letter => char.IsWhiteSpace(letter) || letter == ':'))
        {
            throw IntreeFailure.InTheWay(
                $"--work {work}: kbuild does not support a space or a colon in a path, and the full path is {top}",
                "choose another folder with --work");
        }

        var folder = Path.Combine(top, name);
        var logs = Path.Combine(top, "logs", log);
        return WorkDisk.Try(folder, () =>
        {
            Directory.CreateDirectory(folder);
            Directory.CreateDirectory(logs);
            return new WorkFolder(folder, logs, Hold(folder, waits, stop));
        });
    }

    public string OutputOf(KernelKind kind) => Path.Combine(_folder, kind.ToString());

    /// <summary>What a build of such a kernel needed, for all trees of its line.</summary>
    public string HistoryOf(KernelKind kind, KernelVersion version) =>
        Path.Combine(Path.GetDirectoryName(_folder)!, "history", $"{version.Line}-{kind}");

    public string BootOf(KernelKind kind) => Path.Combine(_folder, $"boot-{kind}");

    /// <summary>Where modules of the user are built.</summary>
    public string TestsOf(KernelKind kind) => Path.Combine(_folder, $"tests-{kind}");

    public string LogOf(KernelKind kind, Form form) => Path.Combine(_logs, $"{kind}-{form.Word()}.log");

    /// <summary>Deletes all build output, because its sources are unknown.</summary>
    public void DropOutputs() => WorkDisk.Try(_folder, () =>
    {
        foreach (var output in Directory.EnumerateDirectories(_folder).Where(entry => entry != Source).ToList())
        {
            Directory.Delete(output, recursive: true);
        }
    });

    public void Dispose() => _lock.Dispose();

    /// <summary>Takes the lock; reports once that it waits, because the other proof may take minutes.</summary>
    private static FileStream Hold(string folder, Action<string> waits, CancellationToken stop)
    {
        for (var reported = false; ; reported = true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when ((error.HResult & 0xFFFF) == WouldBlock)
            {
                if (!reported)
                {
                    waits($"another proof is using {folder}");
                }

                Thread.Sleep(200);
            }
        }
    }

    private static string Hash(byte[] bytes) => Digest.Sha256(new ByteString(bytes))[..8];
}
