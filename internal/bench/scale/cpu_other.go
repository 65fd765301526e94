// SPDX-License-Identifier: MPL-2.0

//go:build !linux && !darwin

package scale

import "time"

func childrenCPU() time.Duration { return 0 }
