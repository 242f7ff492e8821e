// SPDX-License-Identifier: GPL-2.0-only
using System.Security.Cryptography;
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Working;

/// <summary>
/// Where a tree is built: one folder for each kernel, named by what its top Makefile says, so that a tree that moved,
/// or was checked out again elsewhere, finds its objects. One proof at a time works in it; others wait.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    /// <summary>EWOULDBLOCK: somebody holds the lock. Any other refusal would be the same for ever.</summary>
    private const int WouldBlock = 11;

    private readonly string _folder;
    private readonly string _logs;
    private readonly FileStream _lock;

    private WorkFolder(string folder, string logs, FileStream held) => (_folder, _logs, _lock) = (folder, logs, held);

    public string Source => Path.Combine(_folder, "source");

    /// <summary>What of the tree the copy in Source was made from.</summary>
    public string Record => Path.Combine(_folder, "source.list");

    public string Scratch => Path.Combine(_folder, "scratch");

    public static WorkFolder Open(string work, FolderTree tree, KernelVersion version, Action<string> waits, CancellationToken stop)
    {
        // By its links: the tree itself, or a folder on the way to either, may have been named by one.
        if ((RealPath.Of(work) + "/").StartsWith(RealPath.Of(tree.Root) + "/", StringComparison.Ordinal))
        {
            throw IntreeFailure.InTheWay(
                $"--work {work} lies inside the tree, which prove never writes to", "name a folder outside it, or leave --work away");
        }

        var log = $"{Path.GetFileName(tree.Root)}-{Hash(Encoding.UTF8.GetBytes(tree.Root))}";
        return Open(work, $"{version}-{Hash(tree.Read("Makefile").ToArray())}", log, waits, stop);
    }

    /// <summary>For a kernel without a tree: one folder for each release and folder of headers.</summary>
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
                $"--work {work}: kbuild works in no folder with a space or a colon in its path, and this one is {top}",
                "name another folder with --work");
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

    public string BootOf(KernelKind kind) => Path.Combine(_folder, $"boot-{kind}");

    public string LogOf(KernelKind kind, Form form) => Path.Combine(_logs, $"{kind}-{form.Word()}.log");

    /// <summary>Takes away every object: of sources that are no longer known, they prove nothing.</summary>
    public void DropOutputs() => WorkDisk.Try(_folder, () =>
    {
        foreach (var output in Directory.EnumerateDirectories(_folder).Where(entry => entry != Source).ToList())
        {
            Directory.Delete(output, recursive: true);
        }
    });

    public void Dispose() => _lock.Dispose();

    /// <summary>Tells once that it waits: the other proof may take minutes.</summary>
    private static FileStream Hold(string folder, Action<string> waits, CancellationToken stop)
    {
        for (var told = false; ; told = true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when ((error.HResult & 0xFFFF) == WouldBlock)
            {
                if (!told)
                {
                    waits($"another proof works in {folder}");
                }

                Thread.Sleep(200);
            }
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..8];
}
