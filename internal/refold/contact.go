// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"errors"
	"net"
	"sync"
	"syscall"
	"time"
)

// FirstContact bounds how long a client tries to reach a server of which nothing has ever answered:
// then its address is wrong more probably than the network is disturbed.
const FirstContact = 10 * time.Second

// contact is whether anything has answered at the address of a client. The zero value is of one
// that has not tried.
type contact struct {
	mutex      sync.Mutex
	isMade     bool
	firstTried time.Time
}

// begin takes down that an attempt is sent.
func (c *contact) begin(now time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.firstTried.IsZero() {
		c.firstTried = now
	}
}

// reach takes down that something has answered.
func (c *contact) reach() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.isMade = true
}

// isHopeless reports whether an attempt at this time is one too many, after one that failed with
// this error.
func (c *contact) isHopeless(err error, next time.Time) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return !c.isMade && isNobodyThere(err) && next.After(c.firstTried.Add(FirstContact))
}

// isNobodyThere recognises what a wrong address leads to: a host without an address, and one on
// which nothing listens. What may be a disturbance, as a timeout, is something else.
func isNobodyThere(err error) bool {
	unresolved, isUnresolved := errors.AsType[*net.DNSError](err)
	return isUnresolved && !unresolved.IsTimeout || errors.Is(err, syscall.ECONNREFUSED)
}
