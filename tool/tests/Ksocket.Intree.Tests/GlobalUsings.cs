// SPDX-License-Identifier: GPL-2.0-only
global using Ksocket.Intree.Output;
