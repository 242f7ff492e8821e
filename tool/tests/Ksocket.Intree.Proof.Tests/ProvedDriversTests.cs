// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>What a driver of the user adds to the configuration, the boot and the verdict of a proof.</summary>
public sealed class ProvedDriversTests : IDisposable
{
    private static readonly KernelKind Um = new(Arch.Um, Debug: false);
    private static readonly DriverSource Echo = EchoDriver.With("intree", "expect: echo: listening\n");
    private static readonly DriverSource Bool = EchoDriver.With("Kconfig", "config ECHO\n\tbool \"Echo server\"\n");

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(Form.BuiltIn, "KSOCKET=y SAMPLES=y SAMPLE_KSOCKET=y ECHO=y")]
    [InlineData(Form.Module, "KSOCKET=m SAMPLES=y SAMPLE_KSOCKET=m ECHO=m")]
    [InlineData(Form.Tests, "KSOCKET=y KSOCKET_KUNIT_TEST=y ECHO=y ECHO_KUNIT_TEST=y")]
    public void Its_symbols_are_required(Form form, string settings)
    {
        Assert.Equal(settings, Settings(form, With(Echo)));
        var only = settings.Split(' ').Where(setting => setting.StartsWith("ECHO", StringComparison.Ordinal));
        Assert.Equal(string.Join(' ', only), Settings(form, With(Echo) with { Bundled = false }));
    }

    [Fact]
    public void A_symbol_that_is_bool_is_never_m() =>
        Assert.EndsWith("ECHO=y", Settings(Form.Module, With(Bool)), StringComparison.Ordinal);

    [Fact]
    public void Built_in_its_lines_are_expected_after_those_of_the_samples()
    {
        var script = Script(Form.BuiltIn, With(Echo) with { Expect = ["echo: from the command line"] });
        Assert.Equal("lo", script[0]);
        Assert.Equal(["expect 20 echo: listening", "expect 20 echo: from the command line"], script[^2..]);
        Assert.Equal(["lo", "expect 20 echo: listening"], Script(Form.BuiltIn, With(Echo) with { Bundled = false }));
    }

    [Fact]
    public void As_a_module_it_is_loaded_after_ksocket_and_unloaded_before_it()
    {
        var script = Script(Form.Module, With(Echo), "echo");
        var load = script.IndexOf("load /echo.ko");
        Assert.InRange(load, script.IndexOf("load /ksocket.ko") + 1, script.IndexOf("expect 20 echo: listening"));
        Assert.InRange(script.IndexOf("unload echo"), script.IndexOf("expect 20 echo: listening"), script.IndexOf("unload ksocket"));
        Assert.Equal("released 20", script[^2]);
        Assert.Equal(script.Count(line => line == "load /echo.ko"), script.Count(line => line == "unload echo"));
        Assert.DoesNotContain("load /ksocket.ko", Script(Form.Module, With(Echo) with { Bundled = false }, "echo"));
    }

    /// <summary>An error in its sources is not one of ksocket or of the tree.</summary>
    [Theory]
    [InlineData("make linux: /copy/source/drivers/echo/main.c:3:10: fatal error: net/ipx.h: No such file", "drivers/echo/main.c")]
    [InlineData("drivers/echo/hal/echo-hal.h:9:1: error: too few arguments to function 'kernel_accept'", "drivers/echo/hal/echo-hal.h")]
    [InlineData("drivers/other-drivers/echo.c:1:1: error: x", null)]
    [InlineData("sub-drivers/echo/main.c:1:1: error: x", null)]
    public void An_error_in_its_sources_is_said_to_be_one(string line, string? file)
    {
        var cause = Explanation.Of(IntreeFailure.NotProven(line), [Echo], null).Cause;
        var said = cause.IndexOf(" is a file of echo and does not compile for this kernel", StringComparison.Ordinal);
        Assert.Equal(file, said < 0 ? null : cause[..said]);
    }

    /// <summary>An echo server that is built in listens to the end.</summary>
    [Fact]
    public void A_driver_that_stays_may_keep_its_socket()
    {
        Assert.Empty(Script(Form.Tests, With(Echo)));
        Assert.DoesNotContain("released 20", Script(Form.Module, With(Bool)));
        Assert.Equal(["released 20"], Script(Form.Tests, ProvedDrivers.Ksocket));
    }

    [Theory]
    [InlineData(Form.BuiltIn, "TCP and UDP worked, echo booted, all expected lines were printed, and the kernel reported no fault")]
    [InlineData(
        Form.Module,
        "TCP and UDP worked, rmmod worked at any time, echo loaded and unloaded, all expected lines were printed, no socket was left, "
            + "and the kernel reported no fault")]
    public void The_verdict_says_what_was_seen_of_it(Form form, string sentence) =>
        Assert.Equal(sentence, Judge(new Verdict(form, Um, With(Echo)), "prove: done\n"));

    [Fact]
    public void The_verdict_says_that_nothing_was_expected_or_loaded() => Assert.Equal(
        "echo booted, no line was expected of it, and the kernel reported no fault",
        Judge(new Verdict(Form.Module, Um, With(Bool) with { Bundled = false }), "prove: done\n"));

    [Fact]
    public void Its_suites_must_run_too()
    {
        var tree = LiteralKernel.Named()
            .With("drivers/echo/tests/echo_kunit.c", "static struct kunit_suite suite = {\n\t.name = \"echo\",\n};\n");
        tree.WriteTo(_temp.Root);
        var verdict = new Verdict(Form.Tests, Um, With(Echo) with { Bundled = false });
        Assert.StartsWith(
            "1 KUnit cases passed, and",
            Judge(verdict, "    ok 1 one\nok 1 echo\nprove: done\n"),
            StringComparison.Ordinal);
        var failure = Assert.Throws<IntreeFailure>(() => Judge(verdict, "    ok 1 one\nok 1 other\nprove: done\n"));
        Assert.Equal("KUnit: the suite echo did not run", failure.Message);

        // A symbol of tests without a suite, and a driver without either.
        File.WriteAllText(_temp.PathOf("drivers/echo/tests/echo_kunit.c"), "static struct other o = { .name = \"echo\" };\n");
        failure = Assert.Throws<IntreeFailure>(() => Judge(verdict, "    ok 1 one\nok 1 echo\nprove: done\n"));
        Assert.Equal("drivers/echo/tests names no KUnit suite", failure.Message);
    }

    [Fact]
    public void A_build_without_an_object_of_it_is_not_proven()
    {
        EchoTree();
        var source = FolderTree.Open(_temp.Root);
        var failure = Assert.Throws<IntreeFailure>(() => SymbolCheck.Run(source, _temp.PathOf("out"), Form.BuiltIn, [Echo]));
        Assert.Equal("the build made no object in drivers/echo", failure.Message);
        Directory.CreateDirectory(_temp.PathOf("out/drivers/echo"));
        File.WriteAllText(_temp.PathOf("out/drivers/echo/main.o"), "");
        Assert.Equal("drivers/echo was built", SymbolCheck.Run(source, _temp.PathOf("out"), Form.BuiltIn, [Echo]));

        // It may be that of an earlier build, so all are deleted before a build.
        OwnObjects.Delete(_temp.PathOf("out"), With(Echo));
        Assert.False(Directory.Exists(_temp.PathOf("out/drivers/echo")));
    }

    [Fact]
    public void A_build_without_a_module_of_it_is_not_proven()
    {
        Directory.CreateDirectory(_temp.PathOf("drivers/echo"));
        var failure = Assert.Throws<IntreeFailure>(() => Modules.ReadOwn(_temp.Root, With(Echo)));
        Assert.Equal("the build produced no module in drivers/echo", failure.Message);
        Assert.Empty(Modules.ReadOwn(_temp.Root, With(Bool)));
        Directory.CreateDirectory(_temp.PathOf("drivers/echo/core"));
        File.WriteAllText(_temp.PathOf("drivers/echo/a-server.ko"), "x\0depends=core_part,ksocket\0y");
        File.WriteAllText(_temp.PathOf("drivers/echo/core/core-part.ko"), "x\0depends=\0y");
        Assert.Equal(["core-part", "a-server"], Modules.ReadOwn(_temp.Root, With(Echo)).Select(module => module.Name));
        File.WriteAllText(_temp.PathOf("drivers/echo/tcp_server.ko"), "");
        Assert.Equal(
            "two modules are called tcp_server.ko",
            Assert.Throws<IntreeFailure>(() => Modules.ReadOwn(_temp.Root, With(Echo))).Message);
    }

    /// <summary>As the kernel names modules, and as /dev/kmsg prints bytes.</summary>
    [Fact]
    public void The_script_has_the_names_and_the_bytes_of_the_kernel()
    {
        var script = Script(Form.Module, With(Echo) with { Expect = ["ü \\"] }, "a-server");
        Assert.Contains("load /a-server.ko", script);
        Assert.Contains("unload a_server", script);
        Assert.Contains(@"expect 20 \xc3\xbc \x5c", script);
    }

    private static ProvedDrivers With(DriverSource driver) => new(true, [driver], []);

    private static string Settings(Form form, ProvedDrivers drivers)
    {
        var plain = Fragment.For(Um, form, new(false, [], [])).Required;
        return string.Join(' ', Fragment.For(Um, form, drivers).Required.Except(plain).Select(one => $"{one.Symbol}={one.Value}"));
    }

    private static List<string> Script(Form form, ProvedDrivers drivers, params string[] modules) =>
        [.. BootScript.For(form, Arch.Um, [], "", drivers, modules).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private string Judge(Verdict verdict, string console) => verdict.Judge(
        new ChildResult(0, ChildOutput.OfText(console), TimedOut: false),
        File.Exists(_temp.PathOf("Makefile")) ? FolderTree.Open(_temp.Root) : null).Note;

    private void EchoTree() =>
        LiteralKernel.Named().With("drivers/echo/main.c", "int echo;\n").WriteTo(_temp.Root);
}
