// SPDX-License-Identifier: GPL-2.0-only
/*
 * The list of all KUnit suites of ksocket
 */

#include <linux/module.h>

#include "loopback.h"

kunit_test_suites(&ksocket_life_suite, &ksocket_accept_suite,
		  &ksocket_names_suite, &ksocket_stream_suite,
		  &ksocket_datagram_suite, &ksocket_transfer_suite,
		  &ksocket_protocol_suite, &ksocket_message_suite,
		  &ksocket_option_suite, &ksocket_setting_suite,
		  &ksocket_table_suite, &ksocket_text_suite,
		  &ksocket_iterator_suite,
		  &ksocket_poll_suite, &ksocket_pollset_suite,
		  &ksocket_deadline_suite, &ksocket_scripted_suite,
		  &ksocket_callback_suite, &ksocket_hook_suite,
		  &ksocket_tls_suite,
		  &ksocket_wakeup_suite, &ksocket_signal_suite);

MODULE_DESCRIPTION("KUnit tests of ksocket");
MODULE_LICENSE("GPL");
