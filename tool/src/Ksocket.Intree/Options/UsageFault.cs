// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Options;

/// <summary>A command line error and a hint: exit 129.</summary>
internal sealed record UsageFault(string Message, string Hint);
