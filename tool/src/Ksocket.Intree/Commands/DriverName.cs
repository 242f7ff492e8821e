// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Commands;

/// <summary>
/// The names that <c>new</c> cannot give a driver. The name becomes that of a folder in drivers/, of a module, of a struct and
/// of the functions of the model, and with capital letters that of a Kconfig symbol.
/// </summary>
internal static class DriverName
{
    /// <summary>Of C11 and of GNU C, and what the kernel or the compiler defines as a macro or a type.</summary>
    private const string WordsOfC = """
        asm auto bool break case char const continue current default do double else enum extern false float for goto i386 if
        inline int linux long mips register restrict return short signed sizeof sparc static struct switch true typedef typeof
        union unix unsigned void volatile while
        """;

    /// <summary>Those in drivers/ of Linux 5.10, 6.1, 6.12 or 7.3.</summary>
    private const string KernelFolders = """
        accel accessibility acpi amba android ata atm auxdisplay base bcma block bluetooth bus cache cdrom cdx char clk
        clocksource comedi connector counter cpufreq cpuidle crypto cxl dax dca devfreq dibs dio dma dpll edac eisa extcon
        firewire firmware fpga fsi fwctl gnss gpib gpio gpu greybus hid hsi hte hv hwmon hwspinlock hwtracing i2c i3c ide idle
        iio infiniband input interconnect iommu ipack irqchip isdn leds lightnvm macintosh mailbox mcb md media memory
        memstick message mfd misc mmc most mtd mux net nfc ntb nubus nvdimm nvme nvmem of opp oprofile parisc parport pci
        pcmcia peci perf phy pinctrl platform pmdomain pnp power powercap pps ps3 ptp pwm rapidio ras regulator remoteproc
        resctrl reset rpmsg rtc s390 sbus scsi sfi sh siox slimbus soc soundwire spi spmi ssb staging target tc tee thermal
        thunderbolt tty ufs uio usb vdpa vfio vhost video virt virtio visorbus vlynq vme w1 watchdog xen zorro
        """;

    /// <summary>Why this is no name for a driver; null if it is one.</summary>
    public static string? FaultOf(string name) =>
        name.Length == 0 || !char.IsAsciiLetterLower(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? "use lower-case letters and digits, as in C"
        : name is "main" or "echo" ? $"the driver has a file {name}.c, and kbuild would make the module from {name}.o, too"
        : name == "index" ? "its page would be index.rst, the list of all pages"
        : name == "ksocket" ? "that is the driver that it uses"
        : Has(WordsOfC, name) ? "it is a word of C, and the driver has a struct and functions of its name"
        : Has(KernelFolders, name) ? $"the kernel has a folder drivers/{name}"
        : null;

    private static bool Has(string words, string name) => words.Split((char[])[' ', '\n']).Contains(name);
}
