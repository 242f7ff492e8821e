// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Tests;

public class HeaderTests
{
    [Fact]
    public void Both_branches_of_an_if_are_read()
    {
        var header = HeaderOf.Text("""
            #ifdef CONFIG_INET
            int f(int how);
            #else
            static inline int f(int how) { return 0; }
            #endif
            int g(void);
            """);
        Assert.Equal([2, 4], header.Functions("f").Select(declared => declared.Line));
        Assert.Single(header.Functions("g"));
    }

    [Fact]
    public void A_brace_that_each_branch_opens_for_itself_counts_once()
    {
        var header = HeaderOf.Text("""
            #ifdef CONFIG_A
            struct s {
            #else
            struct s_other {
            #endif
            	int member;
            };
            int after(void);
            """);
        Assert.Single(header.Functions("after"));
    }

    [Fact]
    public void Comments_and_strings_declare_nothing()
    {
        Assert.Empty(HeaderOf.LinesOf("f", "/* int f(void); */\n// int f(void);\nstatic const char *s = \"int f(void);\";\n"));
    }

    [Fact]
    public void A_declaration_in_a_comment_above_does_not_move_the_line()
    {
        var header = HeaderOf.Text("/**\n * f - does it\n */\nint\nf(void);\n");
        Assert.Equal(5, Assert.Single(header.Functions("f")).Line);
    }

    [Fact]
    public void Macros_are_found_by_name_whatever_they_expand_to()
    {
        var header = HeaderOf.Text("#define MAX_RW_COUNT (INT_MAX & PAGE_MASK)\n#  define CALL(x) \\\n\tint f(x)\n");
        Assert.NotNull(header.Macro("MAX_RW_COUNT"));
        Assert.NotNull(header.Macro("CALL"));
        Assert.Null(header.Macro("MAX_RW"));
        Assert.Empty(header.Functions("f"));
    }

    [Fact]
    public void Typedefs_are_found_by_the_name_they_give()
    {
        var header = HeaderOf.Text("typedef struct {\n\tunion {\n\t\tvoid *kernel;\n\t};\n\tbool is_kernel : 1;\n} sockptr_t;\n");
        Assert.Equal(6, header.Typedef("sockptr_t")!.Line);
        Assert.Null(header.Typedef("kernel"));
    }

    [Fact]
    public void Members_are_found_in_their_own_structure_only()
    {
        var header = HeaderOf.Text("""
            struct other { int (*setsockopt)(int); };
            struct proto_ops {
            	int		family;
            	struct module	*owner;
            #ifdef CONFIG_COMPAT
            	int	 	(*compat_ioctl) (struct socket *sock, unsigned int cmd);
            #endif
            	int		(*setsockopt)(struct socket *sock, int level,
            				      int optname, sockptr_t optval,
            				      unsigned int optlen);
            };
            """);
        var member = Assert.Single(header.Members("proto_ops", "setsockopt"));
        Assert.Equal("int (*)(struct socket *, int, int, sockptr_t, unsigned int)", member.Text);
        Assert.Equal(8, member.Line);
    }

    [Fact]
    public void Members_of_anonymous_structures_and_unions_belong_to_the_structure_around_them()
    {
        var header = HeaderOf.Text("""
            struct sock {
            	union {
            		struct socket_wq __rcu	*sk_wq;
            		/* private: */
            		struct {
            			u32	sk_deep;
            		} __attribute__((packed, aligned(8)));
            	};
            	union {
            		u32	sk_hidden;
            	} sk_named;
            	struct {
            		u32	sk_pointed;
            	} *sk_pointer;
            	struct __packed {
            		u32	sk_last;
            	} __packed;
            };
            """);
        Assert.Equal(("struct socket_wq __rcu *", 3), Only("sk_wq"));
        Assert.Equal(("u32", 6), Only("sk_deep"));
        Assert.Equal(("u32", 16), Only("sk_last"));
        Assert.All(["sk_hidden", "sk_named", "sk_pointed"], member => Assert.Empty(header.Members("sock", member)));

        (string Type, int Line) Only(string member)
        {
            var one = Assert.Single(header.Members("sock", member));
            return (one.Text, one.Line);
        }
    }

    [Fact]
    public void A_branch_that_ends_with_the_file_is_read() =>
        Assert.Equal(2, Assert.Single(HeaderOf.Text("#if A\nint f(void) {\n\tf(1);\n#else").Functions("f")).Line);

    /// <summary>Each branch of the #if opens the same structure.</summary>
    [Fact]
    public void An_anonymous_structure_that_an_if_opens_is_read_once()
    {
        var header = HeaderOf.Text("struct s {\n#ifdef A\n\tunion {\n#else\n\tstruct {\n#endif\n\t\tint m;\n\t};\n};\n");
        Assert.Equal(7, Assert.Single(header.Members("s", "m")).Line);
    }
}
