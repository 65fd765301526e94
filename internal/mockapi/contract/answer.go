// SPDX-License-Identifier: MPL-2.0

package contract

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
)

// keptAnswer holds an answer back until it was checked. What a handler flushes
// goes on at once, and so does an answer that is not Refold's.
type keptAnswer struct {
	http.ResponseWriter
	status  int
	whole   bytes.Buffer
	pending bytes.Buffer
	started bool
	foreign bool
}

// Disown says, before its first byte, that an answer is not Refold's: it passes
// on as it comes, and there is nothing to check. What injects faults calls it.
func (k *keptAnswer) Disown() { k.foreign = true }

func (k *keptAnswer) WriteHeader(status int) {
	if k.foreign || status < http.StatusOK {
		k.ResponseWriter.WriteHeader(status)
		return
	}
	if k.status == 0 {
		k.status = status
	}
}

func (k *keptAnswer) Write(chunk []byte) (int, error) {
	if k.foreign {
		return k.ResponseWriter.Write(chunk)
	}
	k.WriteHeader(http.StatusOK)
	k.whole.Write(chunk)
	return k.pending.Write(chunk)
}

// FlushError lets http.ResponseController pass on what was written so far.
func (k *keptAnswer) FlushError() error {
	if !k.foreign {
		k.WriteHeader(http.StatusOK)
		k.send()
	}
	if err := http.NewResponseController(k.ResponseWriter).Flush(); err != nil {
		return fmt.Errorf("flush an answer: %w", err)
	}
	return nil
}

// Hijack lets http.ResponseController take the connection over: there is no answer to check then.
func (k *keptAnswer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	connection, buffered, err := http.NewResponseController(k.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take over a connection: %w", err)
	}
	k.foreign = true
	return connection, buffered, nil
}

// finish gives an answer that the handler left to net/http its status.
func (k *keptAnswer) finish() {
	if !k.foreign {
		k.WriteHeader(http.StatusOK)
	}
}

// Unwrap lets http.ResponseController reach the connection.
func (k *keptAnswer) Unwrap() http.ResponseWriter { return k.ResponseWriter }

func (k *keptAnswer) send() {
	if k.foreign {
		return
	}
	if !k.started {
		k.started = true
		k.ResponseWriter.WriteHeader(k.status)
	}
	// A client that went away before its answer is the client's business.
	_, _ = k.pending.WriteTo(k.ResponseWriter)
}
