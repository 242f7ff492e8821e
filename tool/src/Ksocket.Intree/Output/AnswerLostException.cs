// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Output;

/// <summary>stdout is closed or full, so the answer cannot be written.</summary>
internal sealed class AnswerLostException(Exception cause) : Exception(cause.Message, cause);
