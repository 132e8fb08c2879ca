package io.github.codnn.zoo;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator.DataMovement;
import io.github.codnn.graph.Operator.Elementwise;
import io.github.codnn.graph.Operator.MatMul;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transformers of the usual base size, 12 blocks of width 768 with 12 heads: BERT (Devlin et al., NAACL 2019) and
 * GPT-2 (Radford et al., 2019) as in Hugging Face's library, ViT-B/16 (Dosovitskiy et al., ICLR 2021) as in
 * torchvision.
 */
final class Transformers {

    private static final int BLOCKS = 12;
    private static final long HEADS = 12;
    private static final long WIDTH = 768;
    private static final long HEAD_WIDTH = WIDTH / HEADS;

    private final NetworkBuilder net;
    private final SequenceLayers sequence;
    private final Optional<Tensor> mask;

    private Transformers(NetworkBuilder net, Optional<Tensor> mask) {
        this.net = net;
        this.sequence = new SequenceLayers(net);
        this.mask = mask;
    }

    static void bert(NetworkBuilder net, ZooInput input) {
        Tensor words = ids(net, input, "input_ids", Long.MAX_VALUE);
        Tensor segments = ids(net, input, "token_type_ids", Long.MAX_VALUE);
        Tensor positions = ids(net, input, "position_ids", 512);
        Tensor mask = net.input("attention_mask", input.batch(), 1, 1, input.size());
        Transformers network = new Transformers(net, Optional.of(mask));
        Tensor x = net.add(
                "embeddings/add1",
                network.sequence.embed("embeddings/words", words, 30_522, WIDTH),
                network.sequence.embed("embeddings/segments", segments, 2, WIDTH));
        x = net.add("embeddings/add2", x, network.sequence.embed("embeddings/positions", positions, 512, WIDTH));
        x = network.sequence.layerNorm("embeddings/norm", x);
        for (int i = 0; i < BLOCKS; i++) {
            x = network.bertBlock("encoder/" + i + "/", x);
        }
        Tensor pooled = net.fullyConnected("pooler/dense", network.firstToken("pooler/token", x), WIDTH);
        net.output(x);
        net.output(net.activation("pooler/tanh", pooled, "Tanh"));
    }

    static void gpt2(NetworkBuilder net, ZooInput input) {
        Tensor words = ids(net, input, "input_ids", Long.MAX_VALUE);
        Tensor positions = ids(net, input, "position_ids", 1024);
        Tensor mask = net.input("attention_mask", 1, 1, input.size(), input.size());
        Transformers network = new Transformers(net, Optional.of(mask));
        long vocabulary = 50_257;
        Tensor x = net.add(
                "add_embeddings",
                network.sequence.embed("wte", words, vocabulary, WIDTH),
                network.sequence.embed("wpe", positions, 1024, WIDTH));
        for (int i = 0; i < BLOCKS; i++) {
            x = network.normFirstBlock("h" + i + "/", x);
        }
        network.tiedProjection("lm_head", network.sequence.layerNorm("ln_f", x), vocabulary);
    }

    static void vit(NetworkBuilder net, ZooInput input) {
        int patch = 16;
        if (input.size() % patch != 0) {
            throw new IllegalArgumentException(
                    "The image is cut into patches of 16x16 pixels, but its size is " + input.size());
        }
        Transformers network = new Transformers(net, Optional.empty());
        Tensor x = net.conv("conv_proj", Images.rgb(net, input), WIDTH, Filter.square(patch, patch, 0));
        long patches = x.shape().dimension(2) * x.shape().dimension(3);
        x = net.transpose("patches/transpose", net.reshape("patches", x, input.batch(), WIDTH, patches), 0, 2, 1);
        x = network.sequence.prepend("class_token", x, 1, 1);
        x = net.parameterised("pos_embedding", x, new Elementwise("Add"), Math.multiplyExact(patches + 1, WIDTH));
        for (int i = 0; i < BLOCKS; i++) {
            x = network.normFirstBlock("encoder/" + i + "/", x);
        }
        x = network.firstToken("class", network.sequence.layerNorm("encoder/ln", x));
        net.fullyConnected("head", x, Images.CLASSES);
    }

    private static Tensor ids(NetworkBuilder net, ZooInput input, String name, long most) {
        if (input.size() > most) {
            throw new IllegalArgumentException(
                    "The network has " + most + " positions, but the sequence has " + input.size() + " tokens");
        }
        return net.input(new Tensor(name, TensorShape.of(input.batch(), input.size()), ElementType.INT64));
    }

    private Tensor bertBlock(String block, Tensor x) {
        Tensor query = linear(block + "query", x, WIDTH);
        Tensor key = linear(block + "key", x, WIDTH);
        Tensor value = linear(block + "value", x, WIDTH);
        Tensor y = linear(block + "attention_output", attention(block, query, key, value), WIDTH);
        y = sequence.layerNorm(block + "attention_norm", net.add(block + "attention_add", y, x));
        return sequence.layerNorm(block + "output_norm", net.add(block + "output_add", feedForward(block, y), y));
    }

    /** Adds a block that normalises before each part and computes query, key and value in one product. */
    private Tensor normFirstBlock(String block, Tensor x) {
        Tensor all = linear(block + "qkv", sequence.layerNorm(block + "ln_1", x), 3 * WIDTH);
        List<Tensor> parts = thirds(block + "split", all);
        Tensor y = attention(block, parts.get(0), parts.get(1), parts.get(2));
        y = net.add(block + "attention_add", linear(block + "attention_output", y, WIDTH), x);
        return net.add(block + "output_add", feedForward(block, sequence.layerNorm(block + "ln_2", y)), y);
    }

    private Tensor feedForward(String block, Tensor x) {
        Tensor y = net.activation(block + "gelu", linear(block + "intermediate", x, 4 * WIDTH), "Gelu");
        return linear(block + "output", y, WIDTH);
    }

    private Tensor attention(String block, Tensor query, Tensor key, Tensor value) {
        Tensor scores = sequence.matMul(
                block + "scores",
                heads(block + "query_heads", query, 0, 2, 1, 3),
                heads(block + "key_heads", key, 0, 2, 3, 1));
        scores = net.parameterised(block + "scale", scores, new Elementwise("Mul"), 0);
        if (mask.isPresent()) {
            scores = net.add(block + "mask", scores, mask.get());
        }
        Tensor values = heads(block + "value_heads", value, 0, 2, 1, 3);
        Tensor context = sequence.matMul(block + "context", net.softmax(block + "softmax", scores), values);
        context = net.transpose(block + "context_transpose", context, 0, 2, 1, 3);
        List<Long> extents = context.shape().dimensions();
        return net.reshape(block + "context_reshape", context, extents.get(0), extents.get(1), WIDTH);
    }

    /** Splits the last axis into heads and permutes the axes. */
    private Tensor heads(String name, Tensor x, int... axes) {
        long batch = x.shape().dimension(0);
        Tensor split = net.reshape(name + "/reshape", x, batch, x.shape().dimension(1), HEADS, HEAD_WIDTH);
        return net.transpose(name, split, axes);
    }

    private Tensor linear(String name, Tensor x, long outputs) {
        return sequence.bias(name + "/bias", sequence.project(name, x, outputs));
    }

    private List<Tensor> thirds(String name, Tensor x) {
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parts.add(new Tensor(name + ":" + i, Extents.with(x.shape(), -1, WIDTH), x.type()));
        }
        net.add(Layer.of(name, new DataMovement("Split"), List.of(x), parts));
        return parts;
    }

    private Tensor firstToken(String name, Tensor x) {
        return net.move(name, x, "Gather", TensorShape.of(x.shape().dimension(0), WIDTH));
    }

    /**
     * Adds a product with the word embeddings: their parameters are counted there, but the device of this layer also
     * stores them.
     */
    private void tiedProjection(String name, Tensor x, long outputs) {
        Tensor out = new Tensor(name, Extents.with(x.shape(), -1, outputs), x.type());
        long weights = Math.multiplyExact(WIDTH, outputs);
        net.add(Layer.of(name, new MatMul(), List.of(x), List.of(out))
                .withParameters(0, ElementType.FLOAT32.bytes(weights))
                .withMacs(Math.multiplyExact(out.shape().elements(), WIDTH)));
    }
}
