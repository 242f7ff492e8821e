// SPDX-License-Identifier: GPL-2.0-only
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// Runs the commands of tool/docs/many-machines.md that can run here. The program that they find in PATH answers for
/// "prove" what a proof of that tree would, and is the real one for everything else.
/// </summary>
public sealed partial class ManyMachinesTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _guide = File.ReadAllText(Repository.PathOf("tool/docs/many-machines.md"));

    public ManyMachinesTests()
    {
        foreach (var tree in (string[])["linux-6.12", "linux-7.3"])
        {
            LiteralKernel.Named().WriteTo(_temp.PathOf(tree));
        }

        var bin = Directory.CreateDirectory(_temp.PathOf("bin")).FullName;
        var stub = Path.Combine(bin, "ksocket-intree");
        File.WriteAllText(stub, $$"""
            #!/bin/bash
            [ "$1 $2" = "prove --json" ] || exec '{{RealProgram.Managed}}' "$@"
            case $3 in --built-in) form="built in" ;; --module) form="as modules" ;; --kunit) form=KUnit ;; esac
            for tree; do :; done
            cat <<EOF
            {"proven": true, "complete": true, "refused": [], "proofs": [{
              "tree": "$tree", "version": "${tree##*-}.1", "arch": "um", "debug": false, "form": "$form", "proven": true,
              "seconds": 1, "cpuSeconds": null, "steps": [], "talk": [], "log": "a.log", "driver": "{{DriverSource.Bundled.Hash}}",
              "cases": 0, "date": "2026-11-27"}]}
            EOF

            """);
        File.SetUnixFileMode(stub, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Shell(Command("prove --list"));
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void GNU_parallel_on_this_machine()
    {
        Skip.Without("parallel");
        Assert.EndsWith(
            $"2 kernels, 6.12.1 to 7.3.1: 6 of 6 proofs passed; driver {DriverSource.Bundled.Hash[..12]}\n",
            Shell(Command("mkdir -p results")),
            StringComparison.Ordinal);
        Assert.True(File.Exists(_temp.PathOf("report.html")));
    }

    /// <summary>Both machines are this one, through an SSH server of this test.</summary>
    [Fact]
    public void GNU_parallel_over_ssh()
    {
        Skip.Without("parallel");
        Assert.SkipUnless(File.Exists("/usr/sbin/sshd"), "skipped: sshd is not installed");
        Skip.UnlessRoot();
        using var server = new SshServer(_temp.PathOf("ssh"));
        var command = Command("parallel -S one,two")
            .Replace("-S one,two", $"--ssh '{server.Client}' -S 2/127.0.0.1 --workdir '{_temp.Root}' --env PATH", StringComparison.Ordinal);
        Shell($"mkdir -p results; {command}");
        Assert.Contains("6 of 6 proofs passed", Shell("ksocket-intree report results/*.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tasks_of_an_array_of_Slurm()
    {
        var task = Wrapped().Match(Command("sbatch")).Groups[1].Value;
        Shell($"mkdir results; for SLURM_ARRAY_TASK_ID in $(seq $(wc -l < work)); do export SLURM_ARRAY_TASK_ID; {task}; done");
        Assert.Contains("6 of 6 proofs passed", Shell("ksocket-intree report results/*.json"), StringComparison.Ordinal);
    }

    /// <summary>The commands of CI services name options that exist, and files that the next step takes.</summary>
    [Theory]
    [InlineData("GitLab")]
    [InlineData("GitHub")]
    public void The_matrix_of_a_CI_service(string service)
    {
        var yaml = _guide[_guide.IndexOf($"## {service}", StringComparison.Ordinal)..];
        yaml = yaml[..yaml.IndexOf("\n```\n", StringComparison.Ordinal)];
        var commands = CiCommand().Matches(yaml).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, commands.Count);
        foreach (var kernel in (string[])["linux-6.12", "linux-7.3"])
        {
            foreach (var form in (string[])["built-in", "module", "kunit"])
            {
                var prove = commands[0].Replace("${{ matrix.kernel }}", "$KERNEL", StringComparison.Ordinal)
                    .Replace("${{ matrix.form }}", "$FORM", StringComparison.Ordinal);
                Shell($"KERNEL={kernel} FORM={form}; {prove}");
            }
        }

        Assert.Contains("6 of 6 proofs passed", Shell(commands[1]), StringComparison.Ordinal);
    }

    /// <summary>The block of the guide that begins so.</summary>
    private string Command(string start)
    {
        var block = Block().Matches(_guide).Select(match => match.Groups[1].Value).Single(
            text => ((string[])[start, $"ksocket-intree {start}"]).Any(begin => text.StartsWith(begin, StringComparison.Ordinal)));
        return block.TrimEnd();
    }

    private string Shell(string command)
    {
        var run = new Child("bash", ["-ec", command])
        {
            Folder = _temp.Root,
            Environment = new Dictionary<string, string?>
            {
                ["PATH"] = $"{_temp.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = _temp.Root, // GNU parallel keeps files there
                ["KSOCKET_INTREE_TRACE"] = null,
            },
        }.Run();
        Assert.True(run.Succeeded, $"{command}\n{run.Output}");
        return run.Output.ToString();
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("--wrap '(.*)'$")]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"- (?:run: )?(ksocket-intree .*)")]
    private static partial Regex CiCommand();

    /// <summary>An SSH server on a free port of the loopback interface, with keys of its own.</summary>
    private sealed class SshServer : IDisposable
    {
        private readonly System.Diagnostics.Process _process;

        public SshServer(string folder)
        {
            Directory.CreateDirectory(folder);
            Run.Program("ssh-keygen", folder, "-q", "-N", "", "-t", "ed25519", "-f", Path.Combine(folder, "key"));
            File.Copy(Path.Combine(folder, "key.pub"), Path.Combine(folder, "authorized"));
            Directory.CreateDirectory("/run/sshd"); // of privilege separation
            var port = FreePort();
            _process = System.Diagnostics.Process.Start("/usr/sbin/sshd", [
                "-D", "-f", "/dev/null", "-h", Path.Combine(folder, "key"), "-p", $"{port}",
                "-o", "ListenAddress=127.0.0.1", "-o", $"AuthorizedKeysFile={folder}/authorized", "-o", "StrictModes=no",
                "-o", "PermitRootLogin=prohibit-password", "-o", "PidFile=none", "-o", "MaxStartups=100",
            ]);
            Client = $"ssh -p {port} -i {folder}/key -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no -o LogLevel=ERROR";
            while (!_process.HasExited && !IsListening(port))
            {
                Thread.Sleep(50);
            }

            Assert.False(_process.HasExited, "sshd does not start");
        }

        public string Client { get; }

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        private static bool IsListening(int port)
        {
            using var client = new TcpClient();
            try
            {
                client.Connect(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
