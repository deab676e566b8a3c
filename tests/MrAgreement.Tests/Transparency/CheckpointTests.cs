using System.Text;
using MrAgreement.Transparency;

namespace MrAgreement.Tests.Transparency;

public class CheckpointTests
{
    static readonly Sha256 root = Sha256.Of("root"u8);

    static Leaf Leaf(int agreement, long sequence) => new(new(AgreementId(agreement), sequence, Sha256.Of(BitConverter.GetBytes(sequence))), new([.. new byte[15], (byte)agreement]));

    [Fact]
    public void Its_text_is_three_lines_with_the_root_in_Base64()
    {
        var text = new Checkpoint("mragreement/1", 20852163, root).Text;
        Assert.Equal($"mragreement/1\n20852163\n{Convert.ToBase64String(root.ToArray())}\n", text);
        Assert.True(Checkpoint.TryParse(text, out var read));
        Assert.Equal(new("mragreement/1", 20852163, root), read);
    }

    [Fact]
    public void What_it_says_beyond_the_root_stands_in_lines_of_its_own_and_is_no_other_tree()
    {
        var it = new Checkpoint("o", 1, root) { At = Utc("2026-03-01T02:15:00.5Z"), Faulty = 2 };
        Assert.EndsWith("=\nat 2026-03-01T02:15:00.5Z\nfaulty 2\n", it.Text, StringComparison.Ordinal);
        Assert.True(Checkpoint.TryParse(it.Text, out var read));
        Assert.Equal(it, read);
        Assert.True(it.IsOf(new("o", 1, root)));
        Assert.Equal(it, CheckpointFile.Read(CheckpointFile.Write(it, [Leaf(1, 7)]))!.Value.Checkpoint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("o\n1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=\nsomething\n")]
    [InlineData("o\n1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=\nat noon\n")]
    [InlineData("o\n1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=\nfaulty 0\n")]
    [InlineData("o\n1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=\nfaulty 1\nat 2026-03-01T02:15:00Z\n")]
    [InlineData("o\n1\n")]
    [InlineData("o\n1\nAAAA\n")]
    [InlineData("\n1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=\n")]
    [InlineData("o\n01\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=\n")]
    [InlineData("o\n-1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=\n")]
    [InlineData("o\n1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy4=")]
    [InlineData("o\n1\nR5mdhvqHh3fDrCkHHpRuY2uhhDQeBJmsRDGUdG1LGy5=\n")]
    public void What_is_not_quite_one_is_none(string text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Fact]
    public void A_leaf_is_hashed_as_agreement_sequence_hash_and_salt()
    {
        var leaf = Leaf(1, 7);
        byte[] bytes = [0, .. Convert.FromHexString(AgreementId(1).Value.ToString("N")), 0, 0, 0, 0, 0, 0, 0, 7, .. leaf.Top.Hash.ToArray(), .. leaf.Salt.ToArray()];
        Assert.Equal(Sha256.Of(bytes), leaf.Hash);
    }

    [Fact]
    public void What_is_kept_is_read_back_and_what_was_written_otherwise_is_not()
    {
        Leaf[] leaves = [Leaf(1, 7), Leaf(2, 3)];
        var file = CheckpointFile.Write(new("o", 2, root), leaves);
        var read = CheckpointFile.Read(file)!.Value;
        Assert.Equal(new("o", 2, root), read.Checkpoint);
        Assert.Equal(leaves, read.Leaves);
        Assert.Null(CheckpointFile.Read([]));
        Assert.Null(CheckpointFile.Read([0xFF, 0xFE, .. file]));
        Assert.Null(CheckpointFile.Read([.. file, .. "x"u8]));
        Assert.Null(CheckpointFile.Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file).Replace(" 7 ", " sju ", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_checkpoint_is_taken_in_when_it_goes_on_from_the_one_before()
    {
        var log = new TransparencyLog();
        Leaf[] first = [Leaf(1, 7), Leaf(2, 3)], second = [Leaf(1, 9)];
        var one = log.After("o", first);
        Assert.Equal(2, one.Size);
        Assert.True(log.Add(one, first));
        var two = log.After("o", second);
        Assert.False(log.Add(two with { Root = root }, second));
        Assert.False(log.Add(two with { Origin = "p" }, second));
        Assert.False(log.Add(two with { Size = 4 }, second));
        Assert.False(log.Add(two, [Leaf(1, 10)]));
        Assert.False(log.Add(one, []));
        Assert.True(log.Add(two, second));
        Assert.Equal([one, two], log.Checkpoints);
    }

    [Fact]
    public void A_log_is_proved_by_the_first_checkpoint_that_holds_it_so_far()
    {
        var log = new TransparencyLog();
        foreach (var news in new Leaf[][] { [Leaf(1, 7), Leaf(2, 3)], [Leaf(1, 9)], [Leaf(3, 1)] })
            Assert.True(log.Add(log.After("o", news), news));

        Assert.Null(log.Holding(AgreementId(1), 6));
        Assert.Equal((1, 0L, 7L), Of(log.Holding(AgreementId(1), 8)));
        Assert.Equal((2, 2L, 9L), Of(log.Holding(AgreementId(1), 9)));
        Assert.Equal((2, 2L, 9L), Of(log.Holding(AgreementId(1), 12)));
        Assert.Null(log.Holding(AgreementId(4), 9));
        var it = log.Holding(AgreementId(1), 9)!;
        Assert.True(MerkleProof.Includes(it.Leaf.Hash, it.Index, it.Checkpoint.Size, it.Proof, it.Checkpoint.Root));
        Assert.Equal([(2L, 4L), (3L, 4L)], log.Before(3, 10).Select(c => (c.From, c.To)));
        Assert.All(log.Before(3, 10), c => Assert.True(MerkleProof.IsConsistent(c.From, log.Checkpoints.Single(k => k.Size == c.From).Root, c.To, log.Last!.Root, c.Proof)));
        Assert.Null(log.Between(1, 4));

        static (int, long, long) Of(Inclusion? it) => (it!.Number, it.Index, it.Leaf.Top.Sequence);
    }
}
