// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Testing;

/// <summary>A small kernel tree given as text, with realistic versions of the files that the tool reads and edits.</summary>
public sealed class LiteralKernel
{
    private readonly SortedDictionary<TreePath, TreeFile> _files = [];

    private LiteralKernel()
    {
    }

    /// <summary>A tree with the headers the driver needs; each feature has its first variant unless one is named.</summary>
    public static LiteralKernel Named(string version = "6.12.107", params ReadOnlySpan<string> variants)
    {
        var numbers = version.Split('.');
        var kernel = new LiteralKernel()
            .With("Makefile", $"""
                # SPDX-License-Identifier: GPL-2.0
                VERSION = {numbers[0]}
                PATCHLEVEL = {numbers[1]}
                SUBLEVEL = {numbers.ElementAtOrDefault(2) ?? "0"}
                EXTRAVERSION =
                NAME = Baby Opossum Posse

                """)
            .With("Kbuild", """
                obj-y			+= kernel/
                obj-y			+= drivers/
                obj-$(CONFIG_SAMPLES)	+= samples/

                """)
            .With("Kconfig", """
                mainmenu "Linux/$(ARCH) $(KERNELVERSION) Kernel Configuration"

                source "scripts/Kconfig.include"

                source "drivers/Kconfig"

                source "lib/Kconfig.debug"

                """)
            .With("lib/Kconfig.debug", """
                menu "Kernel hacking"

                source "samples/Kconfig"

                endmenu

                """)
            .With("drivers/Kconfig", """
                # SPDX-License-Identifier: GPL-2.0
                menu "Device Drivers"

                source "drivers/amba/Kconfig"

                source "drivers/dpll/Kconfig"

                endmenu

                """)
            .With("drivers/Makefile", """
                obj-y				+= cache/
                obj-$(CONFIG_DPLL)		+= dpll/

                obj-$(CONFIG_S390)		+= s390/

                """)
            .With("samples/Kconfig", """
                menuconfig SAMPLES
                	bool "Sample kernel code"
                	help
                	  You can build and test sample kernel code here.

                if SAMPLES

                config SAMPLE_KOBJECT
                	tristate "Build kobject examples"

                source "samples/rust/Kconfig"

                endif # SAMPLES

                config HAVE_SAMPLE_FTRACE_DIRECT
                	bool

                """)
            .With("samples/Makefile", """
                obj-$(CONFIG_SAMPLE_KOBJECT)		+= kobject/
                obj-$(CONFIG_SAMPLES_RUST)		+= rust/

                """)
            .With("Documentation/networking/index.rst", """
                Networking
                ==========

                Contents:

                .. toctree::
                   :maxdepth: 2

                   af_xdp
                   ipsec
                   kcm
                   l2tp
                   tls

                .. only::  subproject and html

                   Indices

                """)
            .With("MAINTAINERS", """
                List of maintainers
                ===================

                Maintainers List
                ----------------

                .. note:: When reading this list, please look for the most precise areas
                          first.

                3C59X NETWORK DRIVER
                M:	Somebody <somebody@example.org>
                L:	netdev@vger.kernel.org
                S:	Odd Fixes
                F:	drivers/net/ethernet/3com/3c59x.c

                KS0108 LCD CONTROLLER DRIVER
                M:	Somebody <somebody@example.org>
                S:	Maintained
                F:	drivers/auxdisplay/ks0108.c

                KTD253 BACKLIGHT DRIVER
                M:	Somebody <somebody@example.org>
                S:	Maintained
                F:	drivers/video/backlight/ktd253-backlight.c

                THE REST
                L:	linux-kernel@vger.kernel.org
                S:	Buried alive in reporters
                F:	*
                F:	*/

                """);
        string[] sourcedFiles = ["scripts/Kconfig.include", "drivers/amba/Kconfig", "drivers/dpll/Kconfig", "samples/rust/Kconfig"];
        foreach (var sourced in sourcedFiles)
        {
            kernel.With(sourced, "# SPDX-License-Identifier: GPL-2.0\n");
        }

        return kernel.WithHeaders(Declared(variants));
    }

    /// <summary>Headers with exactly these declarations, formatted as in the kernel.</summary>
    public LiteralKernel WithHeaders(IEnumerable<Clue> clues)
    {
        foreach (var header in clues.GroupBy(clue => clue.Header))
        {
            With(header.Key, HeaderText.Of(header.Select(clue => clue.Wanted)));
        }

        return this;
    }

    public LiteralKernel With(TreePath path, string text, bool executable = false) =>
        With(path, new TreeFile(ByteString.OfText(text), executable));

    public LiteralKernel With(TreePath path, TreeFile file)
    {
        _files[path] = file;
        return this;
    }

    public LiteralKernel Without(TreePath path)
    {
        _files.Remove(path);
        return this;
    }

    /// <summary>Changes one file's text.</summary>
    public LiteralKernel Edit(TreePath path, Func<string, string> edit) => With(path, edit(this[path]), _files[path].Executable);

    public string this[TreePath path] => _files[path].Bytes.TryToText()!;

    public KernelTree Build() => new LiteralTree("literal", _files);

    /// <summary>The tree as a folder on disk.</summary>
    public void WriteTo(string folder)
    {
        foreach (var (path, file) in _files)
        {
            var place = Path.Combine(folder, path.ToString());
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.WriteAllBytes(place, file.Bytes.Span);
            if (file.Executable)
            {
                File.SetUnixFileMode(
                    place,
                    File.GetUnixFileMode(place) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }
    }

    /// <summary>The declarations of a kernel with these variants: one shape of every requirement, and the clues.</summary>
    public static IEnumerable<Clue> Declared(params ReadOnlySpan<string> variants)
    {
        var chosen = variants.ToImmutableArray();
        var evidence = DriverSource.Bundled.Evidence;
        return evidence.Requirements.Select(requirement => requirement.Shapes[0])
            .Concat(evidence.Features.Select(Chosen).SelectMany(variant => variant.Clues.Where(clue => clue.Present)))
            .DistinctBy(clue => clue.Wanted.Name);

        Variant Chosen(Feature feature) =>
            feature.Variants.FirstOrDefault(variant => chosen.Contains(variant.Name)) ?? feature.Variants[0];
    }
}
